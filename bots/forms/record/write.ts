import { Document, isCollection, isMap, isPair, isScalar, visit } from 'yaml';

/** Small maps and lists read better in one line, as people write them. */
const ONE_LINE = 100;

const SECTIONS: Record<string, string> = {
  target: 'Where it is. The address, the user and the password are in the settings, under this name.',
  formats: 'How the target writes dates and amounts.',
  parameters: 'What the form is given. Mark what may be missing with `optional: true`.',
  fields: 'How each field is recognised: of several ways two must agree.',
  find: 'How to see whether the record is there. Columns under `match` tell it, those under `same` must be equal.',
  write: 'The entry. `check` looks before the press that cannot be taken back.',
  confirm: 'Afterwards the record must be found, once.',
};

/** The text of a form file, with what a person should look at as comments. */
export function writeForm(
  draft: object,
  remarks: { notes: ReadonlyMap<string, string[]>; doubt: string | undefined },
): string {
  const document = new Document(draft);
  document.commentBefore = ' Recorded. Read it once: lines with "?" want a look. docs/forms.md explains every word.';
  visit(document, {
    Collection(key, node) {
      if (key !== null && node !== document.contents && oneLine(node.toJSON())) node.flow = true;
    },
    Pair(_, { key, value }, path) {
      if (!isScalar(key)) return;
      const [, parent] = path.slice(-2);
      const name = String(key.value);
      if (path.length === 2 && parent === document.contents && SECTIONS[name]) {
        key.commentBefore = ` ${SECTIONS[name]}`;
        key.spaceBefore = true;
      }
      const notes = remarks.notes.get(name) ?? [];
      const inFields = path.some((node) => isPair(node) && isScalar(node.key) && node.key.value === 'fields');
      if (inFields && notes.length > 0 && isCollection(value)) value.comment = ` ? ${notes.join('; ')}`;
      if (name === 'write' && remarks.doubt !== undefined)
        key.commentBefore = ` ${SECTIONS['write']}\n ? ${remarks.doubt}`;
    },
  });
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString({ lineWidth: 120, flowCollectionPadding: true, singleQuote: true });
}

function oneLine(value: unknown): boolean {
  const nested = Array.isArray(value) ? value.some((item) => typeof item === 'object') : false;
  return !nested && depth(value) <= 2 && JSON.stringify(value).length <= ONE_LINE;
}

const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
