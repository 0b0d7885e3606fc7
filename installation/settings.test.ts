import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings.ts';

const GOOD = `company: { name: Test }
publicUrl: http://127.0.0.1:1
smtp: { host: h, port: 25, from: a@b.c }
`;

describe('parseSettings', () => {
  it('should fill in what is left out', () => {
    const settings = parseSettings(GOOD, 'z.yaml');
    expect(settings.timeZone).toBe('Europe/Warsaw');
    expect(settings.server.host).toBe('127.0.0.1');
  });

  it('should say where a value is wrong', () => {
    const text = GOOD.replace('port: 25', 'port: many');
    expect(() => parseSettings(text, 'z.yaml')).toThrow(/^z\.yaml:3:\d+ smtp\.port: /);
  });

  it('should say where YAML is broken', () => {
    expect(() => parseSettings('a: [1', 'z.yaml')).toThrow(/^z\.yaml:1:/);
  });

  it('should name a key that is unknown', () => {
    expect(() => parseSettings(`${GOOD}mailboxs: {}\n`, 'z.yaml')).toThrow(/mailboxs/);
  });

  it('should refuse aliases, which can blow up', async () => {
    expect(() => parseSettings(`${GOOD}x: &a [1]\ny: *a\n`, 'z.yaml')).toThrow();
    await expect(readFile('no-such-file')).rejects.toThrow();
  });
});
