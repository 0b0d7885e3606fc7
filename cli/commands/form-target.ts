import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createFormRunner } from '../../bots/forms/index.ts';
import type { FormRunner, Target } from '../../bots/forms/index.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import { chromiumPart } from '../../installation/tools/chromium.ts';
import { homeDir } from '../../installation/home.ts';
import { createResolver } from '../../workers/resolve.ts';
import { openSecrets } from '../../installation/secrets.ts';
import { loadSettings } from '../../installation/settings.ts';

export type TargetOptions = { settings: string; target?: string };

/** The target that a form names, from the settings, with its secrets. */
export async function openTarget(named: string, { settings, target }: TargetOptions): Promise<Target> {
  const resolver = createResolver(await loadSettings(resolve(settings)), openSecrets(homeDir()));
  return resolver.target(target ?? named);
}

/** A runner for one command. It shares what is kept in the state folder with the workers there. */
export async function withRunner<T>(
  { headless }: { headless: boolean },
  work: (runner: FormRunner) => Promise<T>,
): Promise<T> {
  const chromium = await chromiumPart.find();
  const executablePath = chromium?.path ?? '/usr/bin/chromium';
  const runner = createFormRunner({ executablePath, headless, sessionDir: join(homeDir(), 'forms') });
  try {
    return await work(runner);
  } finally {
    await runner.close();
  }
}

/** Pictures, patches and evidence, into a folder. */
export async function saveFiles(folder: string, files: readonly FileContent[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
}
