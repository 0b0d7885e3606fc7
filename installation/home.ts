import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { applicationException } from '../core/model/problem.ts';

/** The one folder that holds all state of an installation. `ZAPLECZE_HOME`, else `.zaplecze` in the working folder. */
export function homeDir(): string {
  return resolve(process.env.ZAPLECZE_HOME ?? '.zaplecze');
}

/** Owner only: what lies in the folder is a company's mail and its keys. */
const PRIVATE_FOLDER = 0o700;
const PRIVATE_SOCKET = 0o600;

/** What another process of the same owner asks of the one that holds the folder. */
const Question = z.object({ ask: z.string(), with: z.record(z.string(), z.string()) });
const Answer = z.union([z.object({ answer: z.string() }), z.object({ refused: z.string() })]);
type Answers = Record<string, (parameters: Record<string, string>) => Promise<string>>;

/** Makes the folder where it is not there, and keeps others out, also of one from before this was done. */
export async function openHome(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: PRIVATE_FOLDER });
  await chmod(dir, PRIVATE_FOLDER);
}

export type HomeLock = {
  /** Gives the folder back. */
  release(): Promise<void>;
  /** Answers `askHolder` from now on. */
  answer(answers: Answers): void;
};

/**
 * Keeps a second process from opening the same state: PGlite is for one process only. The lock is a listening socket,
 * not a file with a process number: the kernel drops it with the process, also after SIGKILL. Who may write to the
 * socket, the owner of the folder alone, may also ask the holder something, such as a backup.
 */
export async function lockHome(dir: string): Promise<HomeLock> {
  await openHome(dir);
  const path = socketPath(dir);
  let answers: Answers = {};
  const server = createServer((socket) => void converse(socket, answers));
  if (!(await listen(server, path))) {
    if (await answersAt(path)) {
      throw applicationException(
        'configuration',
        `another zaplecze process uses ${dir}. To fix: stop it first, or set ZAPLECZE_HOME to another folder`,
      );
    }
    await rm(path, { force: true });
    if (!(await listen(server, path))) {
      throw applicationException(
        'configuration',
        `the lock ${path} cannot be taken. To fix: remove that file and start again`,
      );
    }
  }
  if (process.platform !== 'win32') await chmod(path, PRIVATE_SOCKET);
  return {
    release: () => new Promise((done) => server.close(() => done())),
    answer: (given) => {
      answers = given;
    },
  };
}

/**
 * Asks the process that holds the folder, and waits for its answer, however long it works on it.
 * @returns the answer; undefined where no process holds the folder
 */
export async function askHolder(
  dir: string,
  ask: string,
  parameters: Record<string, string>,
): Promise<string | undefined> {
  const socket = connect(socketPath(dir));
  const connected = await new Promise<boolean>((done) => {
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
  if (!connected) return undefined;
  socket.on('error', () => {});
  try {
    socket.write(`${JSON.stringify({ ask, with: parameters })}\n`);
    for await (const line of createInterface({ input: socket })) {
      const answer = Answer.parse(JSON.parse(line));
      if ('answer' in answer) return answer.answer;
      throw applicationException('runtime', answer.refused);
    }
    throw applicationException('runtime', `the zaplecze process that uses ${dir} ended before it answered`);
  } finally {
    socket.destroy();
  }
}

async function converse(socket: Socket, answers: Answers): Promise<void> {
  socket.on('error', () => {});
  for await (const line of createInterface({ input: socket })) {
    const reply = await replyTo(line, answers).catch((error: unknown) => ({
      refused: error instanceof Error ? error.message : String(error),
    }));
    socket.end(`${JSON.stringify(reply)}\n`);
    return;
  }
}

async function replyTo(line: string, answers: Answers): Promise<z.infer<typeof Answer>> {
  const question = Question.parse(JSON.parse(line));
  const answer = answers[question.ask];
  if (!answer) return { refused: `this process cannot do "${question.ask}" yet. To fix: try again in a moment` };
  return { answer: await answer(question.with) };
}

/** Socket paths are limited to some 100 bytes (sun_path, unix(7)): the folder stands in it by its hash. */
function socketPath(dir: string): string {
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 24);
  return process.platform === 'win32' ? `\\\\.\\pipe\\zaplecze-${name}` : join(tmpdir(), `zaplecze-${name}.sock`);
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((done) => {
    server.once('error', () => done(false));
    server.listen(path, () => done(true));
  });
}

function answersAt(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
