import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../bots/forms/session/chromium-flags.ts';

/** CSS pixels of an A4 page at 96 dpi. */
const A4 = { width: 794, height: 1123 };

/** A browser that starts with the first page to print, and not at all where everything is cached. */
export type Printer = {
  /** A PDF of an HTML page. */
  pdf(html: string): Promise<Uint8Array>;
  /** A PNG of an HTML page of A4 size, at `dpi`. */
  page(html: string, dpi: number): Promise<Uint8Array>;
  /** A PNG of a page of `width` × `height` CSS pixels, enlarged by `scale`. */
  picture(html: string, size: { width: number; height: number; scale: number }): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** `executablePath` of Chromium or Chrome. Rejects on first use where it is not there. */
export function createPrinter(executablePath: string): Printer {
  let browser: Promise<Browser> | undefined;
  const withPage = async <T>(
    scale: number,
    size: { width: number; height: number },
    use: (page: Page) => Promise<T>,
  ) => {
    browser ??= chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    const page = await (await browser).newPage({ viewport: size, deviceScaleFactor: scale });
    try {
      return await use(page);
    } finally {
      await page.close();
    }
  };
  const picture: Printer['picture'] = (html, { width, height, scale }) =>
    withPage(scale, { width, height }, async (page) => {
      await page.setContent(html);
      return page.screenshot({ type: 'png' });
    });
  return {
    pdf: (html) =>
      withPage(1, A4, async (page) => {
        await page.setContent(html);
        return page.pdf({ preferCSSPageSize: true, printBackground: true });
      }),
    page: (html, dpi) => picture(html, { ...A4, scale: dpi / 96 }),
    picture,
    close: async () => {
      const running = browser;
      browser = undefined;
      if (running) await (await running).close();
    },
  };
}
