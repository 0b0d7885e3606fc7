import { parse as parseYaml } from 'yaml';
import { applicationException } from '../../core/model/problem.ts';

const JSON_TYPE = /^(application|text)\/(.*\+)?json$/;
const TEXT_TYPE = /^(text\/.*|application\/((.*\+)?xml|yaml|x-yaml|x-www-form-urlencoded|javascript))$/;

/** Content by its media type: JSON parsed, text as text, anything else as base64; nothing is null. */
export function parseContent(content: Uint8Array, mediaType: string | null): unknown {
  if (content.length === 0) return null;
  const type = (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes = Buffer.from(content);
  if (JSON_TYPE.test(type)) return parseJson(bytes.toString('utf8'));
  return TEXT_TYPE.test(type) ? bytes.toString('utf8') : bytes.toString('base64');
}

/** A document that may be JSON or YAML whatever the server calls it. */
export function parseDocument(content: Uint8Array, from: string): unknown {
  try {
    return parseYaml(Buffer.from(content).toString('utf8'), { maxAliasCount: 100 });
  } catch (error) {
    throw applicationException('communication', `${from} is neither JSON nor YAML`, { retryable: false, cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw applicationException('communication', 'the answer claims to be JSON but is not', {
      retryable: false,
      cause: error,
    });
  }
}
