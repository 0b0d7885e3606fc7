import { z } from 'zod';
import {
  A2aArguments,
  asyncApiArguments,
  GrpcArguments,
  HttpArguments,
  McpArguments,
  OpenApiArguments,
} from './calls.ts';
import { choose, isObject, textOr } from './choose.ts';
import { Export, Input, Output } from './data-flow.ts';
import { Duration, Timeout } from './duration.ts';
import { ErrorDefinition, ErrorFilter, RetryPolicy } from './errors.ts';
import { EventConsumptionStrategy, EventProperties } from './events.ts';
import { RunArguments } from './run.ts';
import { TASK_KINDS, taskKind, type TaskKind } from '../task-kinds.ts';
import { Condition, Values } from './text.ts';

/** One named task. An interface, because tasks hold tasks: it is where the recursion of the types is cut. */
export interface TaskItem {
  [name: string]: Task;
}
export type TaskList = TaskItem[];

/** Tasks inside tasks; the list itself is declared at the end of this file. */
const Tasks: z.ZodType<TaskList> = z.lazy(() => TaskList);

/** `continue`, `exit`, `end`, or the name of a task of the same list. */
export const FlowDirective = z.string();

const TimeoutOrName = textOr(z.string(), Timeout, 'a timeout: { after: … }, or the name of one of use.timeouts');

/** What every task may have (DSL "Task"). */
const taskBase = {
  if: Condition.optional(),
  input: Input.optional(),
  output: Output.optional(),
  export: Export.optional(),
  timeout: TimeoutOrName.optional(),
  then: FlowDirective.optional(),
  metadata: Values.optional(),
};

const SubscriptionIterator = z.strictObject({
  item: z.string().optional(),
  at: z.string().optional(),
  do: Tasks.optional(),
  output: Output.optional(),
  export: Export.optional(),
});

export const CallHttp = z
  .strictObject({ ...taskBase, call: z.literal('http'), with: HttpArguments })
  .meta({ id: 'CallHttp', description: 'Sends an HTTP request' });
export const CallOpenApi = z
  .strictObject({ ...taskBase, call: z.literal('openapi'), with: OpenApiArguments })
  .meta({ id: 'CallOpenApi', description: 'Calls an operation of an OpenAPI document' });
export const CallGrpc = z
  .strictObject({ ...taskBase, call: z.literal('grpc'), with: GrpcArguments })
  .meta({ id: 'CallGrpc', description: 'Calls a gRPC method' });
export const CallAsyncApi = z
  .strictObject({
    ...taskBase,
    call: z.literal('asyncapi'),
    with: asyncApiArguments(SubscriptionIterator),
  })
  .meta({ id: 'CallAsyncApi', description: 'Publishes or consumes messages of an AsyncAPI document' });
export const CallA2a = z
  .strictObject({ ...taskBase, call: z.literal('a2a'), with: A2aArguments })
  .meta({ id: 'CallA2a', description: 'Calls an agent (Agent2Agent)' });
export const CallMcp = z
  .strictObject({ ...taskBase, call: z.literal('mcp'), with: McpArguments })
  .meta({ id: 'CallMcp', description: 'Calls a server of the Model Context Protocol' });
export const CallFunction = z
  .strictObject({
    ...taskBase,
    call: z.string().describe('Name of a function'),
    with: Values.optional(),
  })
  .meta({ id: 'CallFunction', description: 'Calls a function by name' });

/** Calls that the specification itself defines; every other name is a function's. */
export const PROTOCOLS = ['http', 'openapi', 'grpc', 'asyncapi', 'a2a', 'mcp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const PROTOCOL_CALLS = {
  http: CallHttp,
  openapi: CallOpenApi,
  grpc: CallGrpc,
  asyncapi: CallAsyncApi,
  a2a: CallA2a,
  mcp: CallMcp,
} satisfies Record<Protocol, z.ZodType>;

const protocolOf = (call: unknown) => PROTOCOLS.find((protocol) => protocol === call);

export const CallTask = choose(
  [CallHttp, CallOpenApi, CallGrpc, CallAsyncApi, CallA2a, CallMcp, CallFunction],
  (value) => {
    const protocol = isObject(value) ? protocolOf(value['call']) : undefined;
    return protocol ? PROTOCOL_CALLS[protocol] : CallFunction;
  },
  'a call',
);

export const DoTask = z
  .strictObject({ ...taskBase, do: Tasks })
  .meta({ id: 'DoTask', description: 'Runs tasks one after another' });

export const EmitTask = z
  .strictObject({
    ...taskBase,
    emit: z.strictObject({
      event: z.looseObject({ with: EventProperties.extend({ type: z.string() }).optional() }),
    }),
  })
  .meta({ id: 'EmitTask', description: 'Publishes an event' });

const ForSource = choose(
  [Condition, z.array(Values)],
  (value) => (typeof value === 'string' ? Condition : Array.isArray(value) ? z.array(Values) : undefined),
  'an expression that gives a list, or the list itself',
);

export const ForTask = z
  .strictObject({
    ...taskBase,
    for: z.strictObject({ each: z.string().optional(), in: ForSource, at: z.string().optional() }),
    while: Condition.optional(),
    do: Tasks,
  })
  .meta({ id: 'ForTask', description: 'Runs tasks for each element of a list' });

export const ForkTask = z
  .strictObject({
    ...taskBase,
    fork: z.strictObject({ branches: Tasks, compete: z.boolean().optional() }),
  })
  .meta({ id: 'ForkTask', description: 'Runs branches side by side' });

export const ListenTask = z
  .strictObject({
    ...taskBase,
    listen: z.strictObject({
      to: EventConsumptionStrategy,
      read: z.enum(['data', 'envelope', 'raw']).optional(),
    }),
    foreach: SubscriptionIterator.optional(),
  })
  .meta({ id: 'ListenTask', description: 'Waits for events' });

export const RaiseTask = z
  .strictObject({
    ...taskBase,
    raise: z.strictObject({
      error: textOr(z.string(), ErrorDefinition, 'an error: type and status, or the name of one of use.errors'),
    }),
  })
  .meta({ id: 'RaiseTask', description: 'Raises an error' });

export const RunTask = z
  .strictObject({ ...taskBase, run: RunArguments })
  .meta({ id: 'RunTask', description: 'Runs a workflow, container, script or shell command' });

export const SetTask = z
  .strictObject({
    ...taskBase,
    set: textOr(
      Condition,
      Values.refine((values) => Object.keys(values).length > 0, 'set needs at least one value').meta({
        minProperties: 1,
      }),
      'values by name, or an expression',
    ),
  })
  .meta({ id: 'SetTask', description: 'Sets data' });

const SwitchCase = z.strictObject({ when: Condition.optional(), then: FlowDirective });

export const SwitchTask = z
  .strictObject({
    ...taskBase,
    switch: z.array(named(SwitchCase, 'case')).min(1, 'a switch needs at least one case'),
  })
  .meta({ id: 'SwitchTask', description: 'Goes on by the first case that holds' });

export const TryTask = z
  .strictObject({
    ...taskBase,
    try: Tasks,
    catch: z.strictObject({
      errors: z.looseObject({ with: ErrorFilter.optional() }).optional(),
      as: z.string().optional(),
      when: Condition.optional(),
      exceptWhen: Condition.optional(),
      retry: textOr(z.string(), RetryPolicy, 'a retry policy, or the name of one of use.retries').optional(),
      do: Tasks.optional(),
      then: FlowDirective.optional(),
    }),
  })
  .meta({ id: 'TryTask', description: 'Runs tasks and catches their errors' });

export const WaitTask = z
  .strictObject({ ...taskBase, wait: Duration })
  .meta({ id: 'WaitTask', description: 'Waits for a time' });

const KINDS = {
  call: CallTask,
  do: DoTask,
  emit: EmitTask,
  for: ForTask,
  fork: ForkTask,
  listen: ListenTask,
  raise: RaiseTask,
  run: RunTask,
  set: SetTask,
  switch: SwitchTask,
  try: TryTask,
  wait: WaitTask,
} satisfies Record<TaskKind, z.ZodType>;

export const Task = choose(
  [
    CallTask,
    DoTask,
    EmitTask,
    ForTask,
    ForkTask,
    ListenTask,
    RaiseTask,
    RunTask,
    SetTask,
    SwitchTask,
    TryTask,
    WaitTask,
  ],
  (value) => {
    const kind = taskKind(value);
    return kind && KINDS[kind];
  },
  `a task: one of ${TASK_KINDS.toSorted().join(', ')}`,
).meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;

export const TaskList = z.array(named(Task, 'task')).meta({ id: 'TaskList' });

/** DSL "Extension": tasks before and after every task of a kind. */
export const Extension = z.strictObject({
  extend: z.enum(['call', 'composite', 'emit', 'for', 'listen', 'raise', 'run', 'set', 'switch', 'try', 'wait', 'all']),
  when: Condition.optional(),
  before: Tasks.optional(),
  after: Tasks.optional(),
});

/** One entry of a list whose entries have names: `- name: …`. */
export function named<T extends z.ZodType>(schema: T, what: string) {
  return z
    .record(z.string(), schema)
    .refine((item) => Object.keys(item).length === 1, `each entry of this list is one ${what}, "- name: …"`)
    .meta({ minProperties: 1, maxProperties: 1 });
}
