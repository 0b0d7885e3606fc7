import sharp from 'sharp';
import { loadModels } from './model.ts';
import type { Page, Reply, Start } from './protocol.ts';
import { readPage } from './read-page.ts';
import { errorText } from '../../../../core/model/errors.ts';

// The program of the second reader's process: native code that strangers' pictures reach lives and ends apart from the
// worker. It is told folder and threads by its argument, then gets one page after another.
sharp.concurrency(1);
const { folder, threads } = JSON.parse(process.argv[2] ?? '') as Start;
const models = loadModels(folder, threads);
// Told with the first page; until then nobody listens.
models.catch(() => undefined);

process.on('message', ({ png }: Page) => {
  answer(png).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ failure: errorText(error) } satisfies Reply),
  );
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());

async function answer(png: Uint8Array): Promise<Reply> {
  const loaded = await models;
  const before = process.cpuUsage();
  const recognition = await readPage(png, loaded);
  const { user, system } = process.cpuUsage(before);
  return {
    recognition,
    cpuSeconds: (user + system) / 1e6,
    memoryMb: Math.round(process.memoryUsage.rss() / 1024 ** 2),
  };
}
