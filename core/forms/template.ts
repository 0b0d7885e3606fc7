/** One part of a template: literal text, or a value by its path, mapped by a code table where one is named. */
export type TemplatePart = { text: string } | { path: readonly string[]; code?: string };

/** `{number}`, `{line.net}`, `{line.vatRate | vat account}`; `{{` stands for a brace. */
const PLACEHOLDER = /\{\{|\}\}|\{([^{}]*)\}/g;

/**
 * Splits a template of a form file into its parts.
 * @throws SyntaxError when a placeholder is empty or a brace stands alone.
 */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    addText(parts, template.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[1] === undefined) addText(parts, match[0].slice(1), true);
    else parts.push(parsePlaceholder(match[1], template));
  }
  addText(parts, template.slice(end));
  return parts;
}

/** The one value that a template stands for, when it is nothing but `{path}`: its type then tells how to compare it. */
export function singlePath(template: string): readonly string[] | undefined {
  const [part, ...rest] = parseTemplate(template);
  return rest.length === 0 && part && 'path' in part && part.code === undefined ? part.path : undefined;
}

function addText(parts: TemplatePart[], text: string, escaped = false): void {
  if (!escaped && /[{}]/.test(text)) {
    throw new SyntaxError(`there is a single brace in "${text}"; write {{ or }} for a brace itself`);
  }
  if (text !== '') parts.push({ text });
}

function parsePlaceholder(inside: string, template: string): TemplatePart {
  const [path = '', code, ...rest] = inside.split('|').map((piece) => piece.trim());
  if (path === '' || code === '' || rest.length > 0) {
    throw new SyntaxError(`"{${inside}}" in "${template}" is not a value; write {name} or {name | code table}`);
  }
  return code === undefined ? { path: path.split('.') } : { path: path.split('.'), code };
}
