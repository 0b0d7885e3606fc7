import type { CallInfo } from '../../core/model/call.ts';
import { type Guard, refused } from '../departments.ts';
import { allowsHost, portOf } from './egress.ts';
import type { CallDeps } from './deps.ts';

/**
 * What the call of one run gets: secrets that its department owns, each sent to no host but those that the settings name
 * for it, and each use in the audit trail. A secret that was put in place counts for every address of the call, since it
 * may stand in any part of a request.
 */
export function withinBorders(deps: CallDeps, guard: Guard, call: CallInfo): CallDeps {
  const { namespace } = call.definition;
  const used = new Set<string>();
  const noted = new Set<string>();
  const admit = async (url: URL): Promise<void> => {
    await deps.egress.admit(url);
    for (const secret of used) {
      const hosts = guard.borders.hostsOfSecret(namespace, secret);
      if (hosts && !hosts.some((pattern) => allowsHost(pattern, url.hostname, portOf(url)))) {
        throw refused(`secret "${secret}" may not be sent to ${url.host}, only to ${hosts.join(', ')}`);
      }
      const key = `${secret} ${url.host}`;
      if (noted.has(key)) continue;
      noted.add(key);
      await guard.note(call, 'secret.used', { secret, host: url.host });
    }
  };
  return {
    ...deps,
    egress: { ...deps.egress, admit },
    async secret(name) {
      guard.use(call, { kind: 'secrets', name });
      used.add(name);
      return deps.secret(name);
    },
  };
}
