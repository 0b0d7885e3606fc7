import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorName } from '../core/model/problem.ts';
import { secretMark } from '../core/expressions/secret-marks.ts';
import { CALL, callDeps, perform, problemIn } from '../tests/support/calls.ts';
import { createProcessActivities } from './processes.ts';

const hasPython = existsSync('/usr/bin/python3');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaplecze-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const all = ['script', 'shell', 'container'];
const FILES: Record<string, string> = { 'resources/hello.py': 'import sys\nprint("Hello", sys.argv[1])' };
const begin = (args: object, allow = all) => {
  const deps = callDeps({
    secret: (name) => Promise.resolve(name === 'pin' ? 'top-secret' : undefined),
    file: (_, path) => Promise.resolve(FILES[path]),
  });
  const activities = createProcessActivities({ ...deps, processes: { allow, volumes: ['/srv/data'], path: folder } });
  return perform(activities['run.process'], args, { ...CALL, secrets: { token: 'tok', names: ['pin'] } });
};
const run = (args: object, allow?: string[]): Promise<unknown> => begin(args, allow).result;

describe('permission', () => {
  it.each(all)('should refuse a %s that the operator does not allow', async (kind) => {
    const one = { shell: { command: 'ls' }, script: { language: 'js', code: '' }, container: { image: 'x' } };
    const args = { [kind]: one[kind as 'shell'] };
    const problem = await problemIn(
      run(
        args,
        all.filter((other) => other !== kind),
      ),
    );
    expect([errorName(problem.type), problem.status, problem.retryable]).toEqual(['authorization', 403, false]);
    expect(problem.detail).toContain(`adds "${kind}" to processes.allow`);
  });
});

describe('a shell command', () => {
  it('should get its arguments and its input', async () => {
    const shell = { command: 'echo "$1-$2"; cat', arguments: ['Foo', 7], stdin: { a: 1 } };
    expect(await run({ shell })).toBe('Foo-7\n{"a":1}');
  });

  it('should have the environment that it is given, and nothing of the worker', async () => {
    const shell = { command: 'echo "$GREETING"; env | cut -d= -f1 | sort', environment: { GREETING: 'Hi', COUNT: 3 } };
    const [greeting, ...names] = String(await run({ shell }))
      .trim()
      .split('\n');
    expect(greeting).toBe('Hi');
    const ownOfShells = ['OLDPWD', 'PWD', 'SHLVL', '_'];
    expect(names.filter((name) => !ownOfShells.includes(name))).toEqual(['COUNT', 'GREETING', 'HOME', 'PATH']);
  });

  it.each<[string, unknown]>([
    ['stdout', 'out\n'],
    ['stderr', 'err\n'],
    ['code', 0],
    ['all', { code: 0, stdout: 'out\n', stderr: 'err\n' }],
    ['none', null],
  ])('should return %s', async (wanted, output) => {
    expect(await run({ shell: { command: 'echo out; echo err >&2' }, return: wanted })).toEqual(output);
  });

  it('should fault where it fails, unless the definition looks at that itself', async () => {
    const shell = { command: 'echo "no such order" >&2; exit 3' };
    for (const wanted of ['stdout', 'none']) {
      const problem = await problemIn(run({ shell, return: wanted }));
      expect([errorName(problem.type), problem.detail]).toEqual([
        'runtime',
        'the shell ended with code 3: no such order',
      ]);
    }
    expect(await run({ shell, return: 'code' })).toBe(3);
    expect(await run({ shell, return: 'stderr' })).toBe('no such order\n');
  });

  it('should not print secrets that it was given', async () => {
    const shell = { command: 'echo "pin: $PIN"', environment: { PIN: secretMark('tok', 'pin') } };
    expect(await run({ shell })).toBe('pin: ***\n');
  });

  it('should be killed with all that it started when the task is cancelled', async () => {
    const marker = join(folder, 'alive');
    const { result, cancel } = begin({ shell: { command: `(sleep 1; echo x > ${marker}) & wait` } });
    setTimeout(cancel, 200);
    await expect(result).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await readdir(folder)).not.toContain('alive');
  });

  it('should be killed when it prints without end', async () => {
    const problem = await problemIn(run({ shell: { command: 'yes' } }));
    expect([errorName(problem.type), problem.retryable]).toEqual(['runtime', false]);
    expect(problem.detail).toContain('printed more than');
  });

  it('should go on by itself when it is not awaited', async () => {
    const marker = join(folder, 'later');
    expect(await run({ shell: { command: `sleep 0.3; echo done > ${marker}` }, await: false })).toBeNull();
    await expect.poll(() => readFile(marker, 'utf8').catch(() => ''), { timeout: 5_000 }).toBe('done\n');
  });
});

describe('a script', () => {
  it('should run as the module that the specification shows', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      const [_, __, arg] = process.argv;
      console.log(readFileSync(process.stdin.fd, 'utf8'), arg, process.env.foo);`;
    const script = { language: 'js', code, stdin: 'Hello', arguments: ['a'], environment: { foo: 'bar' } };
    expect(await run({ script })).toBe('Hello a bar\n');
  });

  it.skipIf(!hasPython)(
    'should be read from beside the definition, in Python too (skipped without python3)',
    async () => {
      const script = { language: 'python', source: { endpoint: { uri: 'resources/hello.py' } }, arguments: ['Ewa'] };
      expect(await run({ script })).toBe('Hello Ewa\n');
    },
  );

  it('should be refused in another language', async () => {
    const problem = await problemIn(run({ script: { language: 'perl', code: '' } }));
    expect(errorName(problem.type)).toBe('configuration');
  });

  it('should leave no folder behind', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('zaplecze-process-'));
    await run({ script: { language: 'js', code: '' } });
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('zaplecze-process-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe('a container', () => {
  /** Stands in for docker: notes its arguments, and what it is asked to run it runs here. */
  const DOCKER = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
case "$1" in
  ps) echo "old1 1"; echo "young 99999999999" ;;
  run) while [ "$1" != "--env-file" ]; do shift; done; cat "$2"; shift 3; [ $# = 0 ] && cat || exec "$@" ;;
esac
`;
  const calls = async (): Promise<string[]> => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
  const install = async (): Promise<void> => {
    await writeFile(join(folder, 'docker'), DOCKER);
    await chmod(join(folder, 'docker'), 0o755);
    await rm(join(folder, 'calls'), { force: true });
  };

  it('should tell where there is no program for it', async () => {
    const problem = await problemIn(run({ container: { image: 'alpine' } }));
    expect([errorName(problem.type), problem.detail]).toEqual([
      'configuration',
      expect.stringContaining('docker or podman'),
    ]);
  });

  it('should be run with all that the definition says', async () => {
    await install();
    const container = {
      ...{ image: 'alpine', name: 'hello', command: 'cat; echo " $1"', arguments: ['Foo'], stdin: 'in' },
      ...{ environment: { A: 'b' }, ports: { 8080: 80 }, volumes: { '/srv/data/in': '/in' }, pullPolicy: 'never' },
      lifetime: { cleanup: 'eventually', after: { minutes: 30 } },
    };
    expect(await run({ container })).toBe('A=b\nin Foo\n');
    const [listed, removed, ran] = await calls();
    expect(listed).toContain('ps --all --filter label=zaplecze.remove-after');
    expect(removed).toBe('rm old1');
    expect(ran).toMatch(
      /^run --interactive --name hello --pull never --label zaplecze.remove-after=\d+ --publish 127.0.0.1:8080:80 --volume \/srv\/data\/in:\/in --env-file \S+ alpine \/bin\/sh -c cat; echo " \$1" sh Foo$/,
    );
  });

  it('should be named as the specification recommends, and stay unless it is to go', async () => {
    await install();
    await run({ container: { image: 'alpine' } });
    expect((await calls()).at(-1)).toMatch(/--name n-[\w-]{36}\.n-a --pull missing --env-file \S+ alpine$/);
    await run({ container: { image: 'alpine', lifetime: { cleanup: 'always' } } });
    expect((await calls()).at(-1)).toContain(' --rm ');
  });

  it('should be killed when the task is cancelled', async () => {
    await install();
    const { result, cancel } = begin({ container: { image: 'alpine', name: 'slow', command: 'sleep 20' } });
    setTimeout(cancel, 500);
    await expect(result).rejects.toThrow();
    expect((await calls()).at(-1)).toBe('kill slow');
  });

  it.each<[string, object, string]>([
    ['folders that the operator does not show', { volumes: { '/etc': '/etc' } }, 'authorization'],
    ['folders beside those', { volumes: { '/srv/data/../secret': '/x' } }, 'authorization'],
    ['an image that is an option', { image: '--privileged' }, 'configuration'],
    ['an environment of several lines', { environment: { A: 'b\nC=d' } }, 'configuration'],
  ])('should refuse %s', async (_, more, type) => {
    await install();
    const problem = await problemIn(run({ container: { image: 'alpine', ...more } }));
    expect(errorName(problem.type)).toBe(type);
  });
});
