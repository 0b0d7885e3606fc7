import type { z } from 'zod';
import type { Authentication, AuthenticationPolicy } from './schema/authentication.ts';
import type { DataSchema, Export, Input, Output } from './schema/data-flow.ts';
import type { Duration, Timeout } from './schema/duration.ts';
import type { Endpoint, ExternalResource } from './schema/endpoint.ts';
import type { ErrorDefinition, ErrorFilter, RetryPolicy } from './schema/errors.ts';
import type { EventConsumptionStrategy, EventFilter, EventProperties } from './schema/events.ts';
import type * as tasks from './schema/tasks.ts';
import type { Schedule, Workflow } from './schema/workflow.ts';

/**
 * Types of the whole language, inferred from the schemas in `schema/`. Types only: workflow code may import this file,
 * never the schemas.
 */
export type WorkflowDefinition = z.infer<typeof Workflow>;
export type { Task, TaskItem, TaskList } from './schema/tasks.ts';
export type { TaskKind } from './task-kinds.ts';
export type CallTask = z.infer<typeof tasks.CallTask>;
export type CallHttp = z.infer<typeof tasks.CallHttp>;
export type CallOpenApi = z.infer<typeof tasks.CallOpenApi>;
export type CallGrpc = z.infer<typeof tasks.CallGrpc>;
export type CallAsyncApi = z.infer<typeof tasks.CallAsyncApi>;
export type CallA2a = z.infer<typeof tasks.CallA2a>;
export type CallMcp = z.infer<typeof tasks.CallMcp>;
export type CallFunction = z.infer<typeof tasks.CallFunction>;
export type DoTask = z.infer<typeof tasks.DoTask>;
export type EmitTask = z.infer<typeof tasks.EmitTask>;
export type ForTask = z.infer<typeof tasks.ForTask>;
export type ForkTask = z.infer<typeof tasks.ForkTask>;
export type ListenTask = z.infer<typeof tasks.ListenTask>;
export type RaiseTask = z.infer<typeof tasks.RaiseTask>;
export type RunTask = z.infer<typeof tasks.RunTask>;
export type SetTask = z.infer<typeof tasks.SetTask>;
export type SwitchTask = z.infer<typeof tasks.SwitchTask>;
export type TryTask = z.infer<typeof tasks.TryTask>;
export type WaitTask = z.infer<typeof tasks.WaitTask>;
export type Extension = z.infer<typeof tasks.Extension>;
export type Duration = z.infer<typeof Duration>;
export type Timeout = z.infer<typeof Timeout>;
export type RetryPolicy = z.infer<typeof RetryPolicy>;
export type ErrorDefinition = z.infer<typeof ErrorDefinition>;
export type ErrorFilter = z.infer<typeof ErrorFilter>;
export type EventConsumptionStrategy = z.infer<typeof EventConsumptionStrategy>;
export type EventFilter = z.infer<typeof EventFilter>;
export type EventProperties = z.infer<typeof EventProperties>;
export type Endpoint = z.infer<typeof Endpoint>;
export type ExternalResource = z.infer<typeof ExternalResource>;
export type Authentication = z.infer<typeof Authentication>;
export type AuthenticationPolicy = z.infer<typeof AuthenticationPolicy>;
export type DataSchema = z.infer<typeof DataSchema>;
export type Input = z.infer<typeof Input>;
export type Output = z.infer<typeof Output>;
export type Export = z.infer<typeof Export>;
export type Schedule = z.infer<typeof Schedule>;
