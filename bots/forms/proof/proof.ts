import type { Locator } from 'playwright-core';
import type { FileContent } from '../../../core/model/artefact.ts';
import { bounded } from '../page/bounded.ts';
import type { Screen } from '../page/screen.ts';

/** Attribute that marks what a picture must not show. */
const SECRET_MARK = 'data-zaplecze-secret';
/** A picture of a page that hangs is not worth waiting longer for. */
const PICTURE_LIMIT_MS = 10_000;

/** A picture of the window in front, with passwords and every field or text that holds a secret masked. */
export async function takePicture(screen: Screen, name: string, secrets: readonly string[]): Promise<FileContent> {
  const { page } = screen;
  await markSecrets(screen, secrets);
  const mask: Locator[] = page.frames().map((frame) => frame.locator(`input[type=password], [${SECRET_MARK}]`));
  const bytes = await page.screenshot({ type: 'png', mask, timeout: PICTURE_LIMIT_MS, animations: 'disabled' });
  return { name: `${name}.png`, mediaType: 'image/png', bytes };
}

async function markSecrets(screen: Screen, secrets: readonly string[]): Promise<void> {
  for (const frame of screen.page.frames()) {
    const marked = frame.evaluate(
      ([mark, texts]) => {
        for (const element of document.querySelectorAll('*')) {
          const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
          const text = element instanceof HTMLInputElement ? element.value : own.map((n) => n.textContent).join(' ');
          if (texts.some((secret) => text.includes(secret))) element.setAttribute(mark, '');
        }
      },
      [SECRET_MARK, secrets.filter((secret) => secret !== '')] as [string, string[]],
    );
    await bounded(marked);
  }
}
