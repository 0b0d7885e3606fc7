import { applicationException } from '../../core/model/problem.ts';

/** First part of the headers that carry an event's attributes. */
const PREFIX = 'ce-';
/** The same event in one JSON object. */
const STRUCTURED = /^application\/(cloudevents\+)?json\b/i;

/**
 * A CloudEvent as HTTP carries it (CloudEvents "HTTP Protocol Binding" 1.0.2): structured, the whole event as JSON; or
 * binary, its attributes in headers `ce-…` and its data as the body.
 */
export function readEvent(bytes: Uint8Array, headers: Headers): unknown {
  const type = headers.get('content-type') ?? '';
  if (!headers.has(`${PREFIX}specversion`) && !headers.has(`${PREFIX}id`)) return parse(bytes);
  const attributes = [...headers].flatMap(([name, value]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), decoded(name, value)] as const] : [],
  );
  return { ...Object.fromEntries(attributes), ...(type !== '' && { datacontenttype: type }), ...dataOf(bytes, type) };
}

function dataOf(bytes: Uint8Array, type: string): { data?: unknown; data_base64?: string } {
  if (bytes.length === 0) return {};
  if (STRUCTURED.test(type) || /^[\w.-]+\/[\w.-]+\+json\b/i.test(type)) return { data: parse(bytes) };
  if (/^text\//i.test(type)) return { data: new TextDecoder().decode(bytes) };
  return { data_base64: Buffer.from(bytes).toString('base64') };
}

/** Header values are percent-encoded UTF-8 (3.1.3.2). */
function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw applicationException('validation', `the header ${name} is not percent-encoded as it should be`);
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw applicationException(
      'validation',
      `the body is not valid JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
}
