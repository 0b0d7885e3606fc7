import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SEED } from '../../bench/random.ts';
import { SPECIFICATION, specificationAbsent, specificationFiles } from '../../tests/support/specification.ts';
import { checkDefinition } from './check/index.ts';
import { editorSchema } from './editor-schema.ts';
import { isError } from './finding.ts';
import { loadDefinition } from './load.ts';
import { isObject } from './schema/choose.ts';
import { Workflow } from './schema/workflow.ts';

const examples = specificationFiles('examples');
const invalid = specificationFiles('invalid');
/** Mutations per run: about two seconds; ten times as many were run when the schemas were written. */
const MUTATIONS = 10_000;

describe.skipIf(specificationAbsent)('the specification (skipped where its folder is absent)', () => {
  it('should have examples', () => {
    expect(examples.length).toBeGreaterThan(60);
    expect(invalid.length).toBeGreaterThan(0);
  });

  it.each(examples)('should accept the example $name', ({ name, text }) => {
    const { loaded, findings } = loadDefinition(text, name);
    expect(findings).toEqual([]);
    expect(loaded && checkDefinition(loaded).filter(isError)).toEqual([]);
  });

  it.each(invalid)('should refuse the invalid document $name with one finding', ({ name, text }) => {
    expect(loadDefinition(text, name)).toMatchObject({ ok: false, findings: [{ severity: 'error' }] });
  });

  it('should agree with the specification on random mutations of its examples', () => {
    const theirs = specificationValidator();
    const verdicts = { accepted: 0, refused: 0 };
    const property = fc.property(mutatedExample(), (document) => {
      const ours = Workflow.safeParse(document);
      const valid = theirs(document);
      verdicts[valid ? 'accepted' : 'refused']++;
      if (ours.success === valid || (valid && isStricterOnPurpose(ours.error?.issues ?? [], document))) return;
      throw new Error(`theirs: ${valid}, ours: ${JSON.stringify(ours.error?.issues ?? 'accepted')}`);
    });
    fc.assert(property, { numRuns: MUTATIONS, seed: SEED });
    expect(verdicts.accepted).toBeGreaterThan(MUTATIONS / 20);
    expect(verdicts.refused).toBeGreaterThan(MUTATIONS / 20);
  });

  it('should tell editors the same: the generated JSON Schema accepts the examples and refuses the invalid', () => {
    const ajv = new Ajv({ strict: false, logger: false });
    addFormats.default(ajv);
    const validate = ajv.compile(editorSchema());
    expect(examples.filter(({ text }) => !validate(read(text))).map(({ name }) => name)).toEqual([]);
    expect(invalid.filter(({ text }) => validate(read(text))).map(({ name }) => name)).toEqual([]);
  });
});

function read(text: string): unknown {
  return parse(text, { uniqueKeys: false });
}

function specificationValidator(): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  const schema: unknown = parse(readFileSync(join(SPECIFICATION, 'workflow.schema.yaml'), 'utf8'));
  if (!isObject(schema)) throw new TypeError('the specification has no schema');
  return ajv.compile(schema);
}

/**
 * Where we refuse what the specification's schema lets pass: an empty text is no expression and no address, and an
 * authentication under `use` takes no unknown properties (the specification forgets to close it there, and closes it everywhere else).
 */
function isStricterOnPurpose(
  issues: readonly { code: string; path: PropertyKey[]; origin?: unknown }[],
  document: unknown,
): boolean {
  return issues.every((issue) => {
    const emptyExpression = issue.code === 'too_small' && issue.origin === 'string';
    const openPolicy = issue.path[0] === 'use' && issue.path[1] === 'authentications' && issue.path.length === 3;
    const emptyAddress = issue.code === 'invalid_format' && valueAt(document, issue.path) === '';
    return emptyExpression || emptyAddress || openPolicy;
  });
}

type Path = PropertyKey[];

/** An example with one value removed, replaced, added or renamed. */
function mutatedExample(): fc.Arbitrary<unknown> {
  const documents: unknown[] = examples.map(({ text }) => parse(text));
  const values = documents.flatMap((document) => paths(document).map((path) => valueAt(document, path)));
  const names = [...new Set(documents.flatMap((document) => paths(document)).flat())].filter(
    (name) => typeof name === 'string',
  );
  const odd = [null, true, 0, -1, 1.5, 70_000, '', 'x', '${ .x }', 'PT5S', 'P', 'http://a b', [], {}, [{}], { a: 1 }];
  return fc
    .record({
      document: fc.constantFrom(...documents),
      place: fc.nat(),
      how: fc.constantFrom('remove', 'replace', 'add', 'rename'),
      value: fc.oneof(fc.constantFrom(...odd), fc.constantFrom(...values)),
      name: fc.constantFrom(...names),
    })
    .map(({ document, place, how, value, name }) => mutate(document, place, how, value, name));
}

function mutate(document: unknown, place: number, how: string, value: unknown, name: string): unknown {
  const copy: unknown = structuredClone(document);
  const all = paths(copy).filter((path) => path.length > 0);
  const path = all[place % all.length] ?? [];
  const parent = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (Array.isArray(parent)) {
    if (how === 'remove') parent.splice(Number(key), 1);
    else parent[Number(key)] = structuredClone(value);
  } else if (isObject(parent)) {
    const old = parent[String(key)];
    if (how === 'remove' || how === 'rename') delete parent[String(key)];
    if (how === 'rename') parent[name] = old;
    if (how === 'replace') parent[String(key)] = structuredClone(value);
    if (how === 'add') parent[name] = structuredClone(value);
  }
  return copy;
}

function paths(value: unknown, base: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [base];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [base, ...entries.flatMap(([key, item]) => paths(item, [...base, key]))];
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], root);
}
