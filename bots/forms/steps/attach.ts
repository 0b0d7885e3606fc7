import { z } from 'zod';
import { Artefact } from '../../../core/model/artefact.ts';
import type { FileContent } from '../../../core/model/artefact.ts';
import type { Step } from '../../../core/forms/step.ts';
import { applicationException, businessException } from '../../../core/model/problem.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { inTime, locate } from './act.ts';

const Files = z.union([z.array(Artefact).min(1), Artefact.transform((one) => [one])]);

/** Puts files of the run into a field for files: seen, hidden behind a button, or opened by one. */
export async function attach(job: Job, { field, file }: NonNullable<Step['attach']>): Promise<void> {
  job.progress.note(`attach ${file}`);
  const files = await contentsOf(job, file);
  const payload = files.map(({ name, mediaType, bytes }) => ({
    name,
    mimeType: mediaType,
    buffer: Buffer.from(bytes),
  }));
  const [target] = await locate(job, field, 'attach');
  if (!target) return;
  const isInput = await target.handle.evaluate(
    (element) => element instanceof HTMLInputElement && element.type === 'file',
  );
  const timeout = job.screen.patienceMs;
  if (isInput) await inTime(job, field, () => target.handle.setInputFiles(payload, { timeout }));
  else {
    const opened = target.frame.page().waitForEvent('filechooser', { timeout });
    const [chooser] = await inTime(job, field, () => Promise.all([opened, target.handle.click({ timeout })]));
    await chooser.setFiles(payload);
  }
  job.files.push(...files);
  await afterStep(job);
}

async function contentsOf(job: Job, file: string): Promise<FileContent[]> {
  const given = Files.safeParse(job.values.at([file]).value);
  if (!given.success) {
    throw businessException(
      'incomplete-values',
      `${file} is no file; hand over a file of the run, such as \${ .file }`,
    );
  }
  const { fileOf } = job;
  if (!fileOf) throw applicationException('configuration', 'files of a run can be attached by its workers alone');
  return Promise.all(given.data.map(({ id, name }) => fileOf(id).then((content) => ({ ...content, name }))));
}
