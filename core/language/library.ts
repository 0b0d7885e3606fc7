import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Catalogue of the functions that are written in YAML and shipped: `call: rate.find:1.0.0@library`. */
export const LIBRARY = 'library';
const FOLDER = join(import.meta.dirname, '../../definitions/library/functions');
const NAME = /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)+$/;
const VERSION = /^\d+\.\d+\.\d+$/;

/** What of a JSON Schema the page of functions and the checks look at. */
const Property = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
});
const Schema = z.looseObject({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
});
const LibraryFile = z.looseObject({
  metadata: z.looseObject({ summary: z.string() }),
  input: z.looseObject({ schema: z.looseObject({ document: Schema }) }),
  output: z.looseObject({ schema: z.looseObject({ document: Schema }) }),
});

/** A function of the library, with its arguments and result as its own schemas say. */
export type LibraryFunction = {
  name: string;
  version: string;
  summary: string;
  with: z.infer<typeof Schema>;
  result: z.infer<typeof Schema>;
};

/** The text of a function's file; undefined where the library has none of that name and version. */
export function libraryText(name: string, version: string): string | undefined {
  if (!NAME.test(name) || !VERSION.test(version)) return undefined;
  const file = join(FOLDER, name, version, 'function.yaml');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Every function of the library in every version, by name. */
export function libraryFunctions(): LibraryFunction[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((name) => readdirSync(join(FOLDER, name)).map((version) => libraryFunction(name, version)))
    .filter((found) => found !== undefined);
}

/** A function of the library, or undefined. */
export function libraryFunction(name: string, version: string): LibraryFunction | undefined {
  const text = libraryText(name, version);
  if (text === undefined) return undefined;
  const { metadata, input, output } = LibraryFile.parse(parse(text));
  const { document: given } = input.schema;
  const { document: result } = output.schema;
  return { name, version, summary: metadata.summary, with: given, result };
}
