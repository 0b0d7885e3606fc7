import { z } from 'zod';
import type { CatalogueActivity } from '../../definitions/model/call.ts';
import { applicationException } from '../../definitions/model/problem.ts';
import { READ_RESOURCE_ACTIVITY } from '../../definitions/model/run.ts';
import { internalActivity } from '../activity.ts';
import type { CallDeps } from './deps.ts';
import { callHttp, HttpArguments } from './http.ts';
import { callOpenApi, OpenApiArguments } from './openapi.ts';
import { readResource, ResourceArguments } from './resource.ts';

export type { CallDeps } from './deps.ts';

/** Protocols of the specification that this installation does not speak. The checks warn of them before a run. */
const UNSUPPORTED = ['grpc', 'asyncapi', 'a2a', 'mcp'];

/** Activities of the calls that the specification itself defines, and of external resources. */
export function createCallActivities(deps: CallDeps): Record<string, CatalogueActivity> {
  return {
    'call.http': internalActivity('call.http', HttpArguments, (args, context) => callHttp(deps, args, context)),
    'call.openapi': internalActivity('call.openapi', OpenApiArguments, (args, context) =>
      callOpenApi(deps, args, context),
    ),
    [READ_RESOURCE_ACTIVITY]: internalActivity(READ_RESOURCE_ACTIVITY, ResourceArguments, (args, context) =>
      readResource(deps, args, context),
    ),
    ...Object.fromEntries(UNSUPPORTED.map((protocol) => [`call.${protocol}`, refusal(protocol)])),
  };
}

function refusal(protocol: string): CatalogueActivity {
  return internalActivity(`call.${protocol}`, z.unknown(), () =>
    Promise.reject(
      applicationException('configuration', `calls of the protocol ${protocol} are not supported: use http or openapi`),
    ),
  );
}
