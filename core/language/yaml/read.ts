import { isDocument, parseDocument, type Document } from 'yaml';
import { byPosition, type Finding } from '../finding.ts';
import { MAX_DEFINITION_BYTES, MAX_DEPTH } from '../limits.ts';
import { tooDeepAt } from './depth.ts';
import { syntaxFindings } from './mistakes.ts';
import { toPlain } from './plain.ts';
import { Source } from './source.ts';

export type YamlResult = { source: Source; value: unknown; findings: Finding[] };

/**
 * Reads one YAML 1.2 document into plain JSON with positions. Bounded in size, depth and number of values; never
 * throws: whatever is wrong with the text is a finding, and then `value` must not be used.
 */
export function readYaml(text: string, file: string): YamlResult {
  const source = new Source(text, file);
  const refused = refuse(source);
  if (refused) return { source, value: undefined, findings: [refused] };
  const document = parse(source);
  const broken = syntaxFindings(source, document.errors);
  if (broken.length > 0) return { source, value: undefined, findings: broken.sort(byPosition) };
  const { value, findings } = toPlain(source, document.contents);
  return { source, value, findings: findings.sort(byPosition) };
}

/** What is refused before it is parsed. */
function refuse(source: Source): Finding | undefined {
  const bytes = Buffer.byteLength(source.text);
  if (bytes > MAX_DEFINITION_BYTES) {
    const limit = `${MAX_DEFINITION_BYTES / 1024} KiB`;
    const message = `the file has ${Math.ceil(bytes / 1024)} KiB; a definition may have ${limit}`;
    return source.findingAt(0, 'yaml/too-large', message, 'split it into several definitions');
  }
  if (source.text.trim() === '') {
    return source.findingAt(0, 'yaml/empty', 'the file is empty', 'write it, or remove the file');
  }
  if (source.text.includes('\0')) {
    return source.findingAt(
      0,
      'yaml/no-text',
      'this is not a text file',
      'is it the right file? Save it as plain text, UTF-8',
    );
  }
  const deep = tooDeepAt(source.text);
  if (deep === undefined) return undefined;
  const message = `the definition nests deeper than ${MAX_DEPTH} levels`;
  return source.findingAt(deep, 'yaml/too-deep', message, 'split it into several definitions');
}

function parse(source: Source): Document {
  // Duplicate keys are found in the walk, with both positions and in linear time; the parser compares every pair.
  const document = parseDocument(source.text, {
    prettyErrors: false,
    uniqueKeys: false,
    // 'silent' would also keep silent about a second document.
    logLevel: 'error',
  });
  if (isDocument(document)) return document;
  throw new TypeError('the YAML parser gave no document');
}
