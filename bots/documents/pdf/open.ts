import { Worker } from 'node:worker_threads';
import { BOUNDS } from '../bounds.ts';
import { cancelled, throwIfAborted, unreadable } from '../failure.ts';
import { watchMemory } from './memory-watch.ts';
import type {
  PdfAnswers,
  PdfAttachment,
  PdfPageImage,
  PdfPageInk,
  PdfPageText,
  PdfReply,
  PdfRequest,
} from './protocol.ts';

/** An open PDF. Each call throws `unreadable-document` where the PDF is damaged; `close` always ends its thread. */
export type PdfFile = {
  pages: number;
  /** Text of a page, from 1, with positions. */
  text(page: number): Promise<PdfPageText>;
  /** Where the text of a page can be seen on it. */
  ink(page: number): Promise<PdfPageInk>;
  /** A page as PNG, its long side as given, in pixels. */
  image(page: number, longSide: number): Promise<PdfPageImage>;
  attachments(): Promise<PdfAttachment[]>;
  close(): Promise<void>;
};

export type PdfOptions = { name: string; signal?: AbortSignal; passwords?: readonly string[] };

/** Opens a PDF in a thread of its own with bounded heap and time. The bytes are copied; the caller keeps its own. */
export async function openPdf(bytes: Uint8Array, options: PdfOptions): Promise<PdfFile> {
  const thread = startThread(options);
  try {
    const passwords = [...(options.passwords ?? [])];
    const { pages } = await thread.ask<'open'>({ op: 'open', bytes: Uint8Array.from(bytes), passwords });
    if (pages > BOUNDS.pdfPages) {
      throw unreadable('too-many-pages', options.name, `the PDF has ${pages} pages, the limit is ${BOUNDS.pdfPages}`);
    }
    return {
      pages,
      text: (page) => thread.ask<'text'>({ op: 'text', page }),
      ink: (page) => thread.ask<'ink'>({ op: 'ink', page, maxPixels: BOUNDS.inkPixels }),
      image: (page, longSide) =>
        thread.ask<'image'>({ op: 'image', page, longSide, maxPixels: BOUNDS.imagePixels / 4 }),
      attachments: () => thread.ask<'attachments'>({ op: 'attachments', max: BOUNDS.attachments }),
      close: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

type Waiting = { resolve: (value: unknown) => void; reject: (reason: unknown) => void; timer: NodeJS.Timeout };

type PdfThread = {
  ask<Op extends keyof PdfAnswers>(request: Extract<PdfRequest, { op: Op }>): Promise<PdfAnswers[Op]>;
  close(): Promise<void>;
};

function startThread({ name, signal }: PdfOptions): PdfThread {
  throwIfAborted(signal, name);
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: BOUNDS.pdfHeapMb },
    // What pdf.js writes about odd fonts is no concern of the process's output.
    stdout: true,
    stderr: true,
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let broken: unknown;
  const fail = (reason: unknown) => {
    broken ??= reason;
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    waiting.clear();
    void worker.terminate();
  };
  const onAbort = () => fail(cancelled(name, signal?.reason));
  signal?.addEventListener('abort', onAbort, { once: true });
  worker.on('error', (error) =>
    fail(unreadable('damaged', name, `the PDF could not be read: ${error.message}`, error)),
  );
  worker.on('exit', () => fail(unreadable('damaged', name, 'the PDF ended its reader')));
  worker.on('message', (reply: PdfReply) => {
    const one = waiting.get(reply.id);
    if (!one) return;
    waiting.delete(reply.id);
    clearTimeout(one.timer);
    if ('ok' in reply) one.resolve(reply.ok);
    else one.reject(unreadable(reply.failure, name, explain(reply.failure, reply.detail)));
  });
  const endWatch = watchMemory(worker, () =>
    fail(unreadable('too-large', name, `unpacked, the PDF takes more than ${BOUNDS.pdfUnpackedMb} MB`)),
  );
  const ask = (request: PdfRequest) =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken);
      last += 1;
      const tooSlow = () =>
        fail(unreadable('too-slow', name, `the PDF took longer than ${BOUNDS.pdfMs / 1000} seconds`));
      waiting.set(last, { resolve, reject, timer: setTimeout(tooSlow, BOUNDS.pdfMs) });
      worker.postMessage({ id: last, request });
    });
  return {
    // The protocol's answers are typed by operation; the map of waiting promises cannot carry that.
    ask: ask as PdfThread['ask'],
    close: async () => {
      endWatch();
      signal?.removeEventListener('abort', onAbort);
      broken ??= unreadable('damaged', name, 'the PDF is closed');
      await worker.terminate();
    },
  };
}

function explain(failure: string, detail: string): string {
  if (failure === 'encrypted')
    return 'the PDF is encrypted; name a secret with its password (documents.passwords in zaplecze.yaml, or --password), or ask for an open copy';
  if (failure === 'wrong-password') return 'the PDF is encrypted and none of the given passwords opens it';
  return failure === 'no-pages' ? 'the PDF has no pages' : `the PDF is damaged: ${detail}`;
}
