import type { z } from 'zod';
import type { CatalogueActivity } from '../../core/model/call.ts';
import { READ_RESOURCE_ACTIVITY } from '../../core/model/run.ts';
import { type ActivityContext, internalActivity } from '../activity.ts';
import { A2aArguments, callA2a } from './agents/a2a.ts';
import { callMcp, McpArguments } from './agents/mcp.ts';
import { AsyncApiArguments, callAsyncApi } from './asyncapi/call.ts';
import { whileWaiting } from './beat.ts';
import type { CallDeps, ForCall } from './deps.ts';
import { callGrpc, GrpcArguments } from './grpc/call.ts';
import { callHttp, HttpArguments } from './http.ts';
import { callOpenApi, OpenApiArguments } from './openapi/call.ts';
import { readResource, ResourceArguments } from './resource.ts';

export type { CallDeps, ForCall } from './deps.ts';

/** Activities of the calls that the specification itself defines, and of external resources. */
export function createCallActivities(deps: CallDeps | ForCall): Record<string, CatalogueActivity> {
  const depsOf = typeof deps === 'function' ? deps : () => deps;
  const calling = <S extends z.ZodType>(name: string, schema: S, call: Call<S>): Record<string, CatalogueActivity> => ({
    [name]: internalActivity(name, schema, (args, context) =>
      whileWaiting(context, () => call(depsOf(context.call), args, context)),
    ),
  });
  return {
    ...calling('call.http', HttpArguments, callHttp),
    ...calling('call.openapi', OpenApiArguments, callOpenApi),
    ...calling('call.grpc', GrpcArguments, callGrpc),
    ...calling(READ_RESOURCE_ACTIVITY, ResourceArguments, readResource),
    'call.asyncapi': internalActivity('call.asyncapi', AsyncApiArguments, (args, context) =>
      callAsyncApi(depsOf(context.call), args, context),
    ),
    ...calling('call.mcp', McpArguments, callMcp),
    ...calling('call.a2a', A2aArguments, callA2a),
  };
}

type Call<S extends z.ZodType> = (deps: CallDeps, args: z.infer<S>, context: ActivityContext) => Promise<unknown>;
