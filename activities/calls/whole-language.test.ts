import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UNSUPPORTED } from '../../core/language/check/support.ts';
import { SPECIFICATION, specificationAbsent } from '../../tests/support/specification.ts';
import { ProcessArguments } from '../processes.ts';
import { A2aArguments } from './agents/a2a.ts';
import { McpArguments } from './agents/mcp.ts';
import { AsyncApiArguments } from './asyncapi/call.ts';
import { GrpcArguments } from './grpc/call.ts';
import { HttpArguments } from './http.ts';
import { OpenApiArguments } from './openapi/call.ts';

type Schema = {
  $ref?: string;
  properties?: Record<string, Schema | boolean>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  $defs?: Record<string, Schema>;
  const?: unknown;
};

/** Policies and tasks are walked into no deeper than this; nothing of calls and runs lies as deep. */
const MAX_DEPTH = 24;
/** Parts of the language that are not a call's or a run's own. */
const ELSEWHERE = new Set(['taskList', 'duration', 'output', 'export']);

/** Pointers to every property that a schema has, `*` for names that are free. */
function properties(schema: Schema, root: Schema, at = '', depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  const name = schema.$ref?.split('/').at(-1) ?? '';
  if (ELSEWHERE.has(name)) return [];
  const referenced = schema.$ref ? root.$defs?.[name] : undefined;
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => [
    `${at}/${key}`,
    ...(typeof value === 'object' ? properties(value, root, `${at}/${key}`, depth + 1) : []),
  ]);
  const inner = [
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.allOf ?? []),
    ...(referenced ? [referenced] : []),
  ];
  return [...own, ...inner.flatMap((one) => properties(one, root, at, depth + 1))];
}

/** What activities take, by the same pointers. */
function taken(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;
  return properties(json, json);
}

/** What the workflow itself reads before an activity is called, each with the file that does. */
const BY_THE_WORKFLOW: Record<string, string[]> = {
  // workflows/tasks/asyncapi.ts, subscription.ts and iterate.ts
  'call: asyncapi': [
    ...['/subscription/filter', '/subscription/consume', '/subscription/foreach'],
    ...['amount', 'for', 'while', 'until'].map((name) => `/subscription/consume/${name}`),
    ...['item', 'at', 'do', 'output', 'export'].map((name) => `/subscription/foreach/${name}`),
  ],
  // workflows/tasks/run.ts
  'run: workflow': [
    '/await',
    '/return',
    '/workflow',
    ...['namespace', 'name', 'version', 'input'].map((name) => `/workflow/${name}`),
  ],
};
/** `authentication: { use: name }` is replaced by the policy (workflows/data/endpoints.ts), `basic: { use: secret }` by the activity. */
const REFERENCE = /\/authentication(\/(basic|bearer|digest|oauth2|oidc))?\/use$/;
/** A name for people, which changes nothing (DSL "External Resource"). */
const LABEL = /^\/(document|proto|agentCard|script\/source)\/name$/;

const READ: Record<string, z.ZodType> = {
  'call: http': HttpArguments,
  'call: openapi': OpenApiArguments,
  'call: grpc': GrpcArguments,
  'call: asyncapi': AsyncApiArguments,
  'call: a2a': A2aArguments,
  'call: mcp': McpArguments,
  'run: script': ProcessArguments,
  'run: shell': ProcessArguments,
  'run: container': ProcessArguments,
};

function isUnsupported(kind: string, property: string): boolean {
  return UNSUPPORTED.some(({ in: where, at }) => {
    const pattern = new RegExp(`^${at.replace('**/', '(?:/[^/]+)*/')}(/.*)?$`);
    return (where === kind || where === '*') && pattern.test(property);
  });
}

function forms(): [kind: string, properties: string[]][] {
  const root = parse(readFileSync(join(SPECIFICATION, 'workflow.schema.yaml'), 'utf8')) as Schema;
  const calls = (root.$defs?.['callTask']?.oneOf ?? []).flatMap((one): [string, string[]][] => {
    const own = one.allOf?.find((part) => part.properties?.['call'])?.properties ?? {};
    const { call, with: args } = own;
    if (typeof call !== 'object' || typeof args !== 'object' || typeof call.const !== 'string') return [];
    return [[`call: ${call.const}`, properties(args, root)]];
  });
  const task = root.$defs?.['runTask']?.allOf?.find((part) => part.properties?.['run'])?.properties?.['run'];
  const run = typeof task === 'object' ? task : {};
  const common = Object.keys(run.properties ?? {}).map((name) => `/${name}`);
  const runs = (run.oneOf ?? []).map((one): [string, string[]] => {
    return [`run: ${Object.keys(one.properties ?? {})[0]}`, [...common, ...properties(one, root)]];
  });
  return [...calls, ...runs];
}

describe.skipIf(specificationAbsent)('the schema of the specification (skipped where its folder is absent)', () => {
  it('should have the ten forms of calls and runs', () => {
    const kinds = forms().map(([kind]) => kind);
    expect(kinds.toSorted()).toEqual([...Object.keys(READ), 'run: workflow'].toSorted());
  });

  it.each(specificationAbsent ? [] : forms())('should have no property of %s that is silently ignored', (kind, all) => {
    expect(all.length).toBeGreaterThan(3);
    const schema = READ[kind];
    const known = new Set([...(schema ? taken(schema) : []), ...(BY_THE_WORKFLOW[kind] ?? [])]);
    const ignored = all.filter(
      (property) =>
        !known.has(property) && !REFERENCE.test(property) && !LABEL.test(property) && !isUnsupported(kind, property),
    );
    expect(ignored).toEqual([]);
  });
});
