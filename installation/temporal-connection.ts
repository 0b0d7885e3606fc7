import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { TLSConfig } from '@temporalio/client';
import { applicationException } from '../core/model/problem.ts';

/** How a process reaches Temporal, and how it shows who it is. */
export type TemporalConnection = {
  address: string;
  namespace: string;
  tls?: TLSConfig | boolean | undefined;
  apiKey?: string | undefined;
};

const DEFAULT_ADDRESS = '127.0.0.1:7233';
const DEFAULT_NAMESPACE = 'default';

/**
 * The connection that the environment describes, by the variables of Temporal's own tools: `TEMPORAL_ADDRESS`,
 * `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, and for mTLS `TEMPORAL_TLS_CLIENT_CERT_PATH`, `TEMPORAL_TLS_CLIENT_KEY_PATH`,
 * `TEMPORAL_TLS_SERVER_CA_CERT_PATH`, `TEMPORAL_TLS_SERVER_NAME` (or `…_DATA` with the PEM itself). Configuration files of
 * those tools are not read: an installation has one place for its settings. Throws a problem of type `configuration`.
 */
export function temporalFromEnvironment(environment: Record<string, string | undefined>): TemporalConnection {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value) given[name] = value;
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ disableFile: true, overrideEnvVars: given });
    const { address = DEFAULT_ADDRESS, tls, apiKey } = connectionOptions;
    if (typeof tls === 'object' && hasHalfOf(given)) {
      throw new Error('a client certificate needs its key, and the key its certificate');
    }
    return {
      address,
      namespace: namespace ?? DEFAULT_NAMESPACE,
      tls: tls ?? undefined,
      ...(typeof apiKey === 'string' && { apiKey }),
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw applicationException(
      'configuration',
      `the variables TEMPORAL_… describe no connection: ${detail}. To fix: correct them (docs/operating.md, "Temporal in production")`,
      { cause },
    );
  }
}

/** True where only one of certificate and key is given: the library would connect without either. */
function hasHalfOf(environment: Record<string, string>): boolean {
  const has = (part: string): boolean =>
    ['PATH', 'DATA'].some((form) => environment[`TEMPORAL_TLS_CLIENT_${part}_${form}`] !== undefined);
  return has('CERT') !== has('KEY');
}

/** True for a connection that others on the network could read or imitate. */
export function isUnguarded({ address, tls, apiKey }: TemporalConnection): boolean {
  const { hostname } = new URL(`tcp://${address}`);
  return !tls && apiKey === undefined && !['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
