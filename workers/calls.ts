import { withinBorders } from '../activities/calls/border.ts';
import { deliverToRun } from '../activities/calls/asyncapi/deliver.ts';
import { createEgress } from '../activities/calls/egress.ts';
import { createFetch } from '../activities/calls/fetch.ts';
import type { CallDeps, ForCall } from '../activities/calls/index.ts';
import type { Guard } from '../activities/departments.ts';
import type { OwnService } from '../activities/calls/own-services.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { Secrets } from '../installation/secrets.ts';
import type { Store } from '../store/index.ts';

type CallParts = {
  settings: Settings;
  secrets: Secrets;
  store: Pick<Store, 'artefacts' | 'effects'>;
  ownServices: readonly OwnService[];
};

/** What the call of one run gets: connections of its department, and the secrets that it owns. */
export function callsOf(
  { settings, secrets, store, ownServices: own }: CallParts,
  guard: Guard,
  file: CallDeps['file'],
): ForCall {
  const { hosts, plaintext } = settings.calls;
  // Connections are kept open: one set for each department, since each may reach other hosts.
  const departments = new Map<string, Pick<CallDeps, 'egress' | 'fetch'>>();
  const connectionsOf = (department: string): Pick<CallDeps, 'egress' | 'fetch'> => {
    const known = departments.get(department);
    if (known) return known;
    const egress = createEgress({ hosts, also: guard.borders.hostsOf(department), own });
    const made = { egress, fetch: createFetch(egress) };
    departments.set(department, made);
    return made;
  };
  return (call) => {
    const deps: CallDeps = {
      ...connectionsOf(call.definition.namespace),
      secret: (name) => secrets.get(name),
      plaintext,
      allowsPrograms: settings.processes.allow.includes('mcp'),
      effects: store.effects,
      artefact: (id) => store.artefacts.get(id),
      deliver: deliverToRun,
      file,
    };
    return withinBorders(deps, guard, call);
  };
}
