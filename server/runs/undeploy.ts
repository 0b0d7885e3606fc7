import { applicationException } from '../../core/model/problem.ts';
import { applySchedule } from '../../intake/schedules/apply.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import { type DeployDependencies, requireDepartment } from './deploy.ts';

/**
 * Takes a definition out of use: nothing starts it any more, neither events nor its schedule. Runs that go on keep their
 * version to the end; deploying it again puts it back.
 */
export async function undeploy(
  deps: DeployDependencies,
  namespace: string,
  name: string,
): Promise<{ version: string }> {
  const { store, actor = 'bot:cli' } = deps;
  await requireDepartment(deps, namespace);
  const current = await store.definitions.find(namespace, name);
  if (!current) {
    throw applicationException('runtime', `no definition ${namespace}/${name} is deployed`, { status: 404 });
  }
  const { schedule: _, ...unscheduled } = current.definition as WorkflowDefinition;
  await applySchedule(deps, { ...current, definition: unscheduled });
  await store.definitions.undeploy(namespace, name, new Date());
  const { version, hash } = current;
  await store.audit.append({ actor, action: 'definition.undeployed', details: { namespace, name, version, hash } });
  return { version };
}
