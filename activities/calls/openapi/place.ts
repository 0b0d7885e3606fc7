import { applicationException } from '../../../core/model/problem.ts';
import { suggestion } from '../../../core/language/suggest.ts';
import type { Operation, Parameter } from './document.ts';

/** Parts of a request. Query parameters that are lists repeat their name. */
export type Placed = {
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
};

/** Names under which the body itself can be given, beside its properties one by one. */
const BODY = 'body';

/**
 * Puts arguments where the document says: path, query, header, cookie, and what is left into the body, where the
 * operation has one. Throws a problem of type `validation` for an argument that the operation does not take, and for one
 * that it needs.
 */
export function place(given: Readonly<Record<string, unknown>>, operation: Operation): Placed {
  const { parameters, id } = operation;
  const placed: Placed = { path: operation.path, query: {}, headers: {}, body: undefined };
  const rest = { ...given };
  for (const parameter of parameters) {
    const value = given[parameter.name];
    delete rest[parameter.name];
    if (value !== undefined && value !== null) putParameter(placed, parameter, value);
    else if (parameter.required || parameter.in === 'path')
      throw invalid(`operation "${id}" needs the parameter "${parameter.name}"`);
  }
  if (operation.requestBody) putBody(placed, rest, operation);
  else refuseUnknown(rest, operation);
  if (placed.body !== undefined && operation.mediaType) placed.headers['content-type'] ??= operation.mediaType;
  return placed;
}

function putParameter(placed: Placed, parameter: Parameter, value: unknown): void {
  const { name } = parameter;
  switch (parameter.in) {
    case 'path':
      placed.path = placed.path.replaceAll(`{${name}}`, encodeURIComponent(asText(value)));
      return;
    case 'query':
      Object.assign(placed.query, queryOf(parameter, value));
      return;
    case 'header':
      placed.headers[name] = asText(value);
      return;
    case 'cookie': {
      const cookies = placed.headers['cookie'];
      placed.headers['cookie'] = `${cookies ? `${cookies}; ` : ''}${name}=${encodeURIComponent(asText(value))}`;
      return;
    }
    case 'formData':
      placed.body = { ...(placed.body as object | undefined), [name]: value };
      return;
    default:
      placed.body = value;
  }
}

/** Signs between the items of a list: of Swagger 2 by `collectionFormat`, of OpenAPI 3 by `style`. */
const SEPARATORS: Record<string, string> = {
  csv: ',',
  ssv: ' ',
  tsv: '\t',
  pipes: '|',
  form: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
};

/** OpenAPI "Style Values", Swagger 2 "collectionFormat". */
function queryOf(parameter: Parameter, value: unknown): Placed['query'] {
  const { name, content, collectionFormat, style = 'form' } = parameter;
  if (content) return { [name]: JSON.stringify(value) };
  const { explode = style === 'form' || style === 'deepObject' } = parameter;
  if (Array.isArray(value)) {
    const items = value.map(asText);
    const isRepeated = collectionFormat === undefined ? explode && !isSwagger(parameter) : collectionFormat === 'multi';
    return { [name]: isRepeated ? items : items.join(SEPARATORS[collectionFormat ?? style] ?? ',') };
  }
  if (typeof value !== 'object' || value === null) return { [name]: asText(value) };
  const entries = Object.entries(value).map(([key, item]): [string, string] => [key, asText(item)]);
  if (style === 'deepObject') return Object.fromEntries(entries.map(([key, item]) => [`${name}[${key}]`, item]));
  return explode ? Object.fromEntries(entries) : { [name]: entries.flat().join(SEPARATORS[style] ?? ',') };
}

/** A parameter of Swagger 2 has its type beside it, one of OpenAPI 3 under `schema`. Its lists are `csv` by default. */
function isSwagger(parameter: Parameter): boolean {
  return 'type' in parameter;
}

function putBody(placed: Placed, rest: Record<string, unknown>, { id, requestBody }: Operation): void {
  const names = Object.keys(rest);
  if (names.length > 0) placed.body = names.length === 1 && BODY in rest ? rest[BODY] : rest;
  else if (requestBody?.required)
    throw invalid(`operation "${id}" needs a body: give it as "${BODY}", or its properties`);
}

function refuseUnknown(rest: Record<string, unknown>, { id, parameters }: Operation): void {
  const [unknown] = Object.keys(rest);
  if (unknown === undefined) return;
  const hint = suggestion(
    unknown,
    parameters.map(({ name }) => name),
  );
  throw invalid(`operation "${id}" has no parameter "${unknown}"${hint ? `: ${hint}` : ''}`);
}

function invalid(detail: string) {
  return applicationException('validation', detail, { retryable: false });
}

/** Lists as the style `simple` writes them, which paths and headers have. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
