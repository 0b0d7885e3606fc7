import { z } from 'zod';
import { catalogue } from '../core/catalogue/catalogue.ts';
import { type LibraryFunction, libraryFunctions } from '../core/language/library.ts';
import type { FunctionSpec } from '../core/catalogue/define.ts';

type JsonSchema = {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  default?: unknown;
  title?: string;
};

/** docs/functions.md: every function of the catalogue with its arguments and its result, from their schemas alone. */
export function functionsPage(): string {
  const head = `# Functions

Generated from the schemas in \`core/catalogue/\` by \`npm run -s zaplecze -- functions\`; do not edit.
A definition calls a function by name: \`call: document.read\`, with its arguments under \`with\`.
`;
  return [head, ...catalogue.map((spec) => section(spec)), LIBRARY_HEAD, ...libraryFunctions().map(shipped)].join('\n');
}

const LIBRARY_HEAD = `# Library

Functions written in YAML (\`definitions/library/functions\`), called with their version: \`call: rate.find:1.0.0@library\`. A version never changes
once it is shipped.
`;

function shipped({ name, version, summary, with: given, result }: LibraryFunction): string {
  return `## ${name}:${version}@library

${summary}

${table('with', given as JsonSchema)}

${table('Result', result as JsonSchema)}
`;
}

function section(spec: FunctionSpec): string {
  const limits = `Up to ${spec.limits.attempts} attempts of at most ${seconds(spec.limits.attemptMs)} each.`;
  const queue = spec.queued ? ' Goes through the queue of its target.' : '';
  const waits = spec.kind === 'flow' ? 'Waits for people, also across restarts.' : limits + queue;
  const result = z.toJSONSchema(spec.result, { io: 'output', unrepresentable: 'any' }) as JsonSchema;
  const args = z.toJSONSchema(spec.with, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return `## ${spec.name}

${spec.summary} ${waits}

${table('with', args)}

${table('Result', result)}
`;
}

function table(title: string, schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const optional = property.default !== undefined || !schema.required?.includes(name);
    const about = [property.description, optional ? optionality(property) : ''].filter(Boolean).join('. ');
    return `| \`${name}\` | ${kindOf(property)} | ${about.replaceAll('|', '\\|')} |`;
  });
  return [`| ${title} | | |`, '|---|---|---|', ...rows].join('\n');
}

function optionality({ default: value }: JsonSchema): string {
  if (value === undefined || (typeof value === 'object' && value !== null)) return 'Optional';
  return `Optional, \`${JSON.stringify(value).replaceAll('"', '')}\` by default`;
}

function kindOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? kindOf(schema.items) : 'values'}`;
  if (schema.type === 'string') return 'text';
  return [schema.type ?? 'any value'].flat().join(' or ');
}

function seconds(milliseconds: number): string {
  return milliseconds < 120_000 ? `${milliseconds / 1000} s` : `${milliseconds / 60_000} minutes`;
}
