import { z } from 'zod';
import { byKey } from './choose.ts';
import { Duration } from './duration.ts';
import { ExternalResource } from './endpoint.ts';
import { Values } from './text.ts';

const common = {
  await: z.boolean().optional().describe('Wait for its end; true by default'),
  return: z.enum(['stdout', 'stderr', 'code', 'all', 'none']).optional(),
};

const process = {
  stdin: z.string().optional(),
  arguments: z.array(z.string()).optional(),
  environment: Values.optional(),
};

const Lifetime = z
  .strictObject({ cleanup: z.enum(['always', 'never', 'eventually']), after: Duration.optional() })
  .refine(
    (lifetime) => (lifetime.cleanup === 'eventually') === 'after' in lifetime,
    '"after" belongs to cleanup: eventually, and to it alone',
  );

const Container = z.strictObject({
  ...process,
  image: z.string(),
  name: z.string().optional(),
  command: z.string().optional(),
  ports: Values.optional(),
  volumes: Values.optional(),
  lifetime: Lifetime.optional(),
  pullPolicy: z.enum(['ifNotPresent', 'always', 'never']).optional(),
});

const scriptCommon = { ...process, language: z.string() };
const Script = byKey(
  {
    code: z.strictObject({ ...scriptCommon, code: z.string() }),
    source: z.strictObject({ ...scriptCommon, source: ExternalResource }),
  },
  'a script: code (in place) or source',
);

const Shell = z.strictObject({ ...process, command: z.string() });

const Subflow = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  version: z.string(),
  input: Values.optional(),
});

/** DSL "Run": a container, a script, a shell command, or another workflow. */
export const RunArguments = byKey(
  {
    container: z.strictObject({ ...common, container: Container }),
    script: z.strictObject({ ...common, script: Script }),
    shell: z.strictObject({ ...common, shell: Shell }),
    workflow: z.strictObject({ ...common, workflow: Subflow }),
  },
  'what to run: container, script, shell or workflow',
);
