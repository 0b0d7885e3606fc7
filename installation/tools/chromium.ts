import { chromium } from 'playwright-core';
import { applicationException } from '../../core/model/problem.ts';
import type { Found, Part } from './part.ts';
import { canInstallDebianPackages, installDebianPackages, isExecutable, versionOf, which } from './process.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
/** Fonts that cover Polish and German, so that pages and printed documents are readable. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];

async function describe(path: string | undefined, how: string): Promise<Found | undefined> {
  if (!path || !(await isExecutable(path))) return undefined;
  return { path, version: (await versionOf(path)) ?? 'unknown version', how };
}

/** The browser that bots fill forms with. */
export const chromiumPart: Part = {
  name: 'Chromium',
  purpose: 'bots fill web forms with it',
  mend: 'install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program',
  async find() {
    const explicit = process.env.CHROMIUM_PATH;
    if (explicit) {
      const found = await describe(explicit, 'CHROMIUM_PATH');
      if (!found)
        throw applicationException(
          'configuration',
          `CHROMIUM_PATH is ${explicit}, which is not a program that runs. To fix: correct it or unset it.`,
        );
      return found;
    }
    return (await describe(ownBrowser(), 'Playwright’s own')) ?? (await describe(await which(...NAMES), 'on PATH'));
  },
  async install() {
    if (!(await canInstallDebianPackages()))
      throw applicationException('configuration', `Chromium is missing. To fix: ${chromiumPart.mend}.`);
    await installDebianPackages(DEBIAN_PACKAGES);
    const found = await describe(await which(...NAMES), 'apt-get');
    if (!found)
      throw applicationException('configuration', `apt-get installed no Chromium. To fix: ${chromiumPart.mend}.`);
    return found;
  },
};

function ownBrowser(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}
