import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { program } from '../cli/program.ts';
import { CAPABILITIES } from '../core/catalogue/define.ts';

const ROOT = join(import.meta.dirname, '..');
const Service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.unknown()).default({}),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
});
const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) });

const read = (file: string) => readFile(join(ROOT, file), 'utf8');
const compose = Compose.parse(parse(await read('docker-compose.yml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.image.startsWith('zaplecze:'));

describe('docker-compose.yml', () => {
  it('should run one worker per capability and one server', () => {
    const commands = ours.map(([, service]) => service.command?.slice(0, 2).join(' '));
    expect(new Set(commands)).toEqual(new Set(['serve --settings', ...CAPABILITIES.map((name) => `worker ${name}`)]));
  });

  it.each(ours)('should give %s a command that the program knows', (_name, { command = [] }) => {
    const known = program({ out: () => {}, err: () => {}, stdin: () => Promise.resolve('') });
    const found = known.commands.find((candidate) => candidate.name() === command[0]);
    const options = found?.options.map((option) => option.long) ?? [];
    for (const word of command.filter((part) => part.startsWith('--'))) expect(options).toContain(word);
  });

  it.each(ours)('should set only variables for %s that the code reads', async (_name, { environment }) => {
    const readers = [
      'cli/commands/production',
      'installation/home',
      'installation/temporal-connection',
      'workers/serve',
    ];
    const code = (await Promise.all(readers.map((file) => read(`${file}.ts`)))).join('\n');
    for (const variable of Object.keys(environment)) expect(code).toMatch(new RegExp(`\\b${variable}\\b`));
  });

  it.each(services)('should pin the image of %s, listen on loopback, and depend on what is there', (_name, service) => {
    expect(service.image).toMatch(/:\d+\.\d+/);
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const other of Object.keys(service.depends_on)) expect(compose.services).toHaveProperty([other]);
    for (const volume of service.volumes.filter((v) => !v.startsWith('.'))) {
      expect(compose.volumes).toHaveProperty([volume.split(':')[0] ?? '']);
    }
  });

  it('should build from a Dockerfile whose program and user fit', async () => {
    const dockerfile = await read('Dockerfile');
    expect(dockerfile).toContain('ENTRYPOINT ["node", "cli/main.ts"]');
    expect(dockerfile).toMatch(/^FROM node:24-/m);
    expect(dockerfile).toMatch(/^USER zaplecze$/m);
  });
});
