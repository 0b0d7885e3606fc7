import { randomUUID } from 'node:crypto';
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { applicationException } from '../../core/model/problem.ts';
import { type Bounds, type Command, type ProcessResult, runCommand, startCommand } from './command.ts';

/** DSL "Container Process", its expressions evaluated. */
export type Container = {
  image: string;
  name?: string | undefined;
  command?: string | undefined;
  ports?: Readonly<Record<string, string | number>> | undefined;
  volumes?: Readonly<Record<string, string>> | undefined;
  environment?: Readonly<Record<string, string>> | undefined;
  stdin?: string | undefined;
  arguments?: readonly string[] | undefined;
  /** Without it a container stays (DSL "Container Lifetime"). `afterMs`: for `eventually`. */
  cleanup: 'always' | 'never' | 'eventually';
  afterMs?: number | undefined;
  pullPolicy: 'ifNotPresent' | 'always' | 'never';
};

/** What the operator rules: folders of this machine that containers may see, and where the programs are looked for. */
export type ContainerRules = { volumes: readonly string[]; path: string };

const PROGRAMS = ['docker', 'podman'];
/** When a container that stays for a while may go, seconds of the epoch: also after a restart somebody knows. */
const LABEL = 'zaplecze.remove-after';
/** Looking for containers that are due, and removing them, takes moments. */
const TIDYING_MS = 60_000;

const PULL = { ifNotPresent: 'missing', always: 'always', never: 'never' } as const;

/** Runs a container by docker or podman. Containers that earlier runs left for a while, and that are due, go first. */
export async function runContainer(
  container: Container,
  rules: ContainerRules,
  { awaits, ...bounds }: Bounds & { awaits: boolean },
): Promise<ProcessResult | undefined> {
  const file = await findProgram(rules.path);
  const name = container.name ?? `zaplecze-${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'zaplecze-container-'));
  const clear = () => rm(folder, { recursive: true, force: true });
  const program = (args: readonly string[], stdin?: string): Command => ({
    file,
    args,
    stdin,
    folder,
    env: ownEnvironment(),
  });
  try {
    const environment = await writeEnvironment(folder, container.environment);
    const command = program(argumentsOf({ ...container, name }, rules, environment), container.stdin);
    await tidy(program, bounds.signal);
    if (!awaits) {
      const { ended } = await startCommand(command, bounds);
      void ended.then(clear);
      return undefined;
    }
    const result = await runCommand(command, bounds).catch(async (error: unknown) => {
      await kill(program, name);
      throw error;
    });
    await clear();
    return result;
  } catch (error) {
    await clear();
    throw error;
  }
}

type Program = (args: readonly string[]) => Command;

/** What docker and podman need to know of who runs them: where their daemon and the keys of registries are. */
function ownEnvironment(): Record<string, string> {
  const names = ['HOME', 'XDG_RUNTIME_DIR', 'DOCKER_HOST', 'DOCKER_CONFIG', 'CONTAINER_HOST'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** By a file that only this user reads: arguments of programs show up in the list of processes. */
async function writeEnvironment(folder: string, environment: Container['environment'] = {}): Promise<string> {
  const lines = Object.entries(environment).map(([name, value]) => {
    if (/^[A-Za-z_]\w*$/.test(name) && !value.includes('\n')) return `${name}=${value}\n`;
    throw applicationException(
      'configuration',
      `"${name}": not allowed as a variable of a container: the name is not valid, or the value has several lines`,
    );
  });
  const file = join(folder, 'environment');
  await writeFile(file, lines.join(''), { mode: 0o600 });
  return file;
}

/** The program's end does not end the container. One that has not begun, or is gone, is none to kill. */
async function kill(program: Program, name: string): Promise<void> {
  const signal = AbortSignal.timeout(TIDYING_MS);
  await runCommand(program(['kill', name]), { signal, deadlineMs: TIDYING_MS }).catch(() => undefined);
}

/** Names of images and containers; none begins as an option does. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.:/@-]*$/;

function argumentsOf(container: Container & { name: string }, rules: ContainerRules, environment: string): string[] {
  const { ports = {}, volumes = {}, arguments: args = [] } = container;
  for (const name of [container.image, container.name]) {
    if (!NAME.test(name))
      throw applicationException('configuration', `"${name}" is not a name of an image or a container`);
  }
  return [
    ...['run', '--interactive', '--name', container.name, '--pull', PULL[container.pullPolicy]],
    ...(container.cleanup === 'always' ? ['--rm'] : []),
    ...(container.cleanup === 'eventually' ? ['--label', `${LABEL}=${due(container.afterMs)}`] : []),
    ...Object.entries(ports).flatMap(([host, inside]) => ['--publish', `127.0.0.1:${host}:${inside}`]),
    ...Object.entries(volumes).flatMap(([host, inside]) => ['--volume', `${allowed(host, rules.volumes)}:${inside}`]),
    ...['--env-file', environment],
    container.image,
    ...(container.command === undefined ? [] : ['/bin/sh', '-c', container.command, 'sh']),
    ...args,
  ];
}

const seconds = (ms: number): number => Math.ceil(ms / 1000);

function due(afterMs = 0): number {
  return seconds(Date.now() + afterMs);
}

/** A folder of this machine, where the operator lets containers see it. */
function allowed(folder: string, folders: readonly string[]): string {
  const path = resolve(folder);
  const isWithin = folders.some((root) => {
    const inner = relative(root, path);
    return inner === '' || (!inner.startsWith('..') && !isAbsolute(inner));
  });
  if (isAbsolute(folder) && isWithin) return path;
  throw applicationException(
    'authorization',
    `containers may not see ${folder} here. To fix: the operator adds it to processes.volumes`,
  );
}

async function findProgram(path: string): Promise<string> {
  for (const folder of path.split(':')) {
    for (const name of PROGRAMS) {
      const file = join(folder, name);
      if (
        await access(file, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return file;
    }
  }
  throw applicationException(
    'configuration',
    `containers need ${PROGRAMS.join(' or ')}, and neither is on this machine. To fix: install one, or use a script`,
  );
}

async function tidy(program: Program, signal: AbortSignal): Promise<void> {
  const bounds = { signal, deadlineMs: TIDYING_MS };
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const list = ['ps', '--all', '--filter', `label=${LABEL}`, '--filter', 'status=exited', '--format', format];
  const { stdout } = await runCommand(program(list), bounds);
  const rows = stdout.split('\n').map((line) => line.split(' '));
  const old = rows.flatMap(([id, moment]) => (id && Number(moment) <= seconds(Date.now()) ? [id] : []));
  if (old.length > 0) await runCommand(program(['rm', ...old]), bounds);
}
