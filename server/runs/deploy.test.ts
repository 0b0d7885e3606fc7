import { expect, it } from 'vitest';
import { settings } from '../../tests/support/approvals.ts';
import { deploy, type DeployDependencies } from './deploy.ts';

const text = (namespace: string, name: string, secrets: string[]): string =>
  JSON.stringify({
    document: { dsl: '1.0.3', namespace, name, version: '1.0.0' },
    ...(secrets.length > 0 && { use: { secrets } }),
    do: [{ a: { set: { a: 1 } } }],
  });

/** What is deployed there; deploying anything more is not expected. */
function office(...deployed: string[]) {
  const trail: string[] = [];
  const current = deployed.map((namespace) => ({ namespace, name: 'pay', hash: namespace }));
  const store = {
    definitions: { current: () => Promise.resolve(current), deploy: () => Promise.reject(new Error('deployed')) },
    audit: { append: ({ action }: { action: string }) => Promise.resolve(trail.push(action)) },
  };
  return { trail, deps: { store, names: settings } as unknown as DeployDependencies };
}

it.each([
  ['the first definition of a second department', ['finance']],
  ['the next one, after one that used nothing', ['finance', 'marketing']],
])('should stop what two departments would share unasked: %s', async (_, deployed) => {
  const { deps, trail } = office(...deployed);
  const request = { file: 'a.yaml', source: text('marketing', 'attack', ['payroll']), files: {} };
  const result = await deploy(deps, request);
  expect(result.ok).toBe(false);
  expect(result.findings.map(({ rule }) => rule)).toContain('department/undivided');
  expect(trail).toEqual(['deploy.refused']);
});

it('should leave one department alone, and what uses nothing', async () => {
  const own = { file: 'a.yaml', source: text('finance', 'next', ['payroll']), files: {} };
  await expect(deploy(office('finance').deps, own)).rejects.toThrow('deployed');
  const plain = { file: 'a.yaml', source: text('marketing', 'plain', []), files: {} };
  await expect(deploy(office('finance').deps, plain)).rejects.toThrow('deployed');
});
