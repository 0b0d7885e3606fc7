import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { rememberSecret } from '../core/model/concealed.ts';
import { applicationException } from '../core/model/problem.ts';
import { errorText, isMissing } from '../core/model/errors.ts';

/** Gives the value of a secret by name. Called inside activities only; values never reach a history or a log. */
export type Secrets = { get(name: string): Promise<string> };

/** Environment variable of a secret: `ledger-password` is ZAPLECZE_SECRET_LEDGER_PASSWORD. */
export const variableOf = (name: string): string => `ZAPLECZE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

/** Secrets from the environment, else from `secrets.json` (mode 0600) in the state folder. Read anew each time: rotation needs no restart. */
export function openSecrets(home: string): Secrets {
  const file = join(home, 'secrets.json');
  return {
    async get(name) {
      const value = process.env[variableOf(name)] ?? (await readSecrets(file, name))[name];
      if (value !== undefined) {
        rememberSecret(value);
        return value;
      }
      throw applicationException(
        'configuration',
        `the secret "${name}" is not set. To fix: set ${variableOf(name)}, or add "${name}" to ${file}`,
        { retryable: true },
      );
    },
  };
}

const SecretsFile = z.record(z.string(), z.string());

/** All secrets of the file; none where there is no file. Its content never gets into a message. */
export async function readSecrets(file: string, name: string): Promise<z.infer<typeof SecretsFile>> {
  try {
    return SecretsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return {};
    const what = error instanceof SyntaxError || error instanceof z.ZodError;
    const detail = what
      ? `${file} is not a JSON object of names and texts. To fix: correct it, for example {"${name}": "…"}`
      : `${file} cannot be read (${errorText(error)}). To fix: let this user read it`;
    throw applicationException('configuration', detail, { retryable: true });
  }
}
