import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { applicationException } from '../../../../core/model/problem.ts';
import { BOUNDS } from '../../bounds.ts';
import { cancelled, throwIfAborted } from '../../failure.ts';
import { withDeadline } from '../deadline.ts';
import type { OcrEngine, Recognition } from '../engine.ts';
import type { Page, Reply, Start } from './protocol.ts';

/** The process takes one page after another. */
type Reader = { ask(png: Uint8Array): Promise<Recognition>; end(): Promise<void>; readonly ended: boolean };

/**
 * A second engine, PP-OCRv6 on ONNX Runtime, in a process of its own that is started with the first page. It reads one
 * page at a time; it is ended when a page is cancelled or takes too long, when it has grown too large, and when nobody
 * has asked it for a while. The next page then starts it anew.
 */
export function createSecondReader(start: Start): OcrEngine {
  let reader: Reader | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  const recognise: OcrEngine['recognise'] = async (png, { name, signal }) => {
    throwIfAborted(signal, name);
    clearTimeout(idle);
    if (!reader || reader.ended) reader = startReader(start);
    const mine = reader;
    try {
      return await withDeadline(mine.ask(png), name, signal, () => mine.end());
    } finally {
      idle = setTimeout(() => void mine.end(), BOUNDS.secondReaderIdleMs);
      idle.unref();
    }
  };
  return {
    recognise: (png, context) => {
      const before = last;
      const mine = before.then(() => recognise(png, context));
      last = mine.catch(() => undefined);
      return untilAborted(mine, context);
    },
    close: async () => {
      clearTimeout(idle);
      await reader?.end();
    },
  };
}

/** A page that waits for its turn is given up at once; its turn then finds that nobody wants it. */
function untilAborted<T>(work: Promise<T>, { name, signal }: { name: string; signal?: AbortSignal }): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(cancelled(name, signal.reason));
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}

/** What Node and native libraries may need to start. */
const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot', 'TEMP'] as const;

function startReader(start: Start): Reader {
  const child = fork(new URL('./program.ts', import.meta.url), [JSON.stringify(start)], {
    // It needs no secrets, so it gets none.
    env: Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]])),
    // Pages and words go over as they are, not as JSON.
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${BOUNDS.secondReaderHeapMb}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // It does not keep its parent alive by itself; while it is asked or ended, that does.
  child.unref();
  child.channel?.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  const end = async () => {
    if (ended) return;
    ended = true;
    const gone = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await gone;
  };
  return {
    ask: async (png) => {
      const reply = await answerOf(child, { png });
      if ('failure' in reply) throw failed(reply.failure);
      if (reply.memoryMb > BOUNDS.secondReaderMb) await end();
      return reply.recognition;
    },
    end,
    get ended() {
      return ended;
    },
  };
}

/** Sends a page and waits for its answer, or for the process's end. */
function answerOf(child: ChildProcess, page: Page): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const onExit = (code: number | null, signal: string | null) => reject(failed(`it ended with ${signal ?? code}`));
  const onError = (error: Error) => reject(failed(error.message, error));
  child.channel?.ref();
  child.once('message', resolve).once('exit', onExit).once('error', onError);
  child.send(page, (error) => error && onError(error));
  return promise.finally(() => {
    child.channel?.unref();
    child.off('message', resolve).off('exit', onExit).off('error', onError);
  });
}

/** Another attempt may succeed; whoever asks can also go on without. */
function failed(detail: string, cause?: unknown) {
  return applicationException('runtime', `the second reader failed: ${detail}`, { cause });
}
