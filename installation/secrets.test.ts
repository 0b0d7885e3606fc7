import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets, variableOf } from './secrets.ts';

describe('openSecrets', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'zaplecze-secrets-'));
  });
  afterEach(async () => {
    delete process.env[variableOf('ledger-password')];
    await rm(home, { recursive: true });
  });

  it('should read the file anew each time, and prefer the environment', async () => {
    const secrets = openSecrets(home);
    await writeFile(join(home, 'secrets.json'), '{"ledger-password": "one"}');
    expect(await secrets.get('ledger-password')).toBe('one');
    await writeFile(join(home, 'secrets.json'), '{"ledger-password": "two"}');
    expect(await secrets.get('ledger-password')).toBe('two');
    process.env[variableOf('ledger-password')] = 'three';
    expect(await secrets.get('ledger-password')).toBe('three');
  });

  it('should say how to set a secret that is missing', async () => {
    await expect(openSecrets(home).get('ledger-password')).rejects.toThrow(
      /"ledger-password" is not set. To fix: set ZAPLECZE_SECRET_LEDGER_PASSWORD, or add/,
    );
  });

  it.each(['{bad', '["list"]', '{"ledger-password": 1}'])('should say that the file is broken: %s', async (text) => {
    await writeFile(join(home, 'secrets.json'), text);
    await expect(openSecrets(home).get('ledger-password')).rejects.toThrow(
      /secrets\.json is not a JSON object of names and texts.* To fix: correct it, for example \{"ledger-password": "…"\}/,
    );
  });
});
