import { z } from 'zod';
import { AuthenticationPolicy } from './authentication.ts';
import { textOr } from './choose.ts';
import { Input, Output } from './data-flow.ts';
import { Duration, Timeout } from './duration.ts';
import { Catalog } from './endpoint.ts';
import { ErrorDefinition, RetryPolicy } from './errors.ts';
import { EventConsumptionStrategy } from './events.ts';
import { Extension, named, Task, TaskList } from './tasks.ts';
import { DnsLabel, SemanticVersion, Values } from './text.ts';

const Document = z.strictObject({
  dsl: SemanticVersion.describe('Version of the DSL, 1.0.3'),
  namespace: DnsLabel,
  name: DnsLabel,
  version: SemanticVersion,
  title: z.string().optional(),
  summary: z.string().optional().describe('Markdown'),
  tags: Values.optional(),
  metadata: Values.optional(),
});

/** DSL "Use": components that tasks refer to by name. */
const Use = z.strictObject({
  authentications: z.record(z.string(), AuthenticationPolicy).optional(),
  errors: z.record(z.string(), ErrorDefinition).optional(),
  extensions: z.array(named(Extension, 'extension')).optional(),
  functions: z.record(z.string(), Task).optional(),
  retries: z.record(z.string(), RetryPolicy).optional(),
  secrets: z.array(z.string()).optional(),
  timeouts: z.record(z.string(), Timeout).optional(),
  catalogs: z.record(z.string(), Catalog).optional(),
});

/** DSL "Schedule". */
export const Schedule = z
  .strictObject({
    every: Duration.optional(),
    cron: z.string().optional(),
    after: Duration.optional(),
    on: EventConsumptionStrategy.optional(),
    read: z.enum(['data', 'envelope', 'raw']).optional(),
  })
  .refine((schedule) => !('read' in schedule) || 'on' in schedule, '"read" belongs to "on"');

const Evaluate = z.strictObject({ language: z.string().optional(), mode: z.enum(['strict', 'loose']).optional() });

/** A whole definition (DSL "Workflow"). */
export const Workflow = z.looseObject({
  document: Document,
  input: Input.optional(),
  use: Use.optional(),
  do: TaskList,
  timeout: textOr(z.string(), Timeout, 'a timeout: { after: … }, or the name of one of use.timeouts').optional(),
  output: Output.optional(),
  schedule: Schedule.optional(),
  evaluate: Evaluate.optional(),
});
