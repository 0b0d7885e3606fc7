import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { applicationException } from '../definitions/model/problem.ts';

/** Gives the value of a secret by name. Called inside activities only; values never reach a history or a log. */
export type Secrets = { get(name: string): Promise<string> };

/** Environment variable of a secret: `ledger-password` is ZAPLECZE_SECRET_LEDGER_PASSWORD. */
export const variableOf = (name: string): string => `ZAPLECZE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

/** Secrets from the environment, else from `secrets.json` (mode 0600) in the state folder. Read anew each time: rotation needs no restart. */
export function openSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  return {
    async get(name) {
      const fromEnvironment = process.env[variableOf(name)];
      if (fromEnvironment !== undefined) return fromEnvironment;
      const text = await readFile(file, 'utf8').catch(() => '{}');
      const value = z.record(z.string(), z.string()).parse(JSON.parse(text))[name];
      if (value !== undefined) return value;
      throw applicationException(
        'configuration',
        `the secret "${name}" is not set. Mend: set ${variableOf(name)}, or add "${name}" to ${file}`,
        { retryable: true },
      );
    },
  };
}
