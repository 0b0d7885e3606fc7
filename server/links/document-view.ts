import { html } from 'hono/html';
import type { Visit } from './request-state.ts';
import type { Html, View } from '../site/layout.ts';
import { outside } from '../site/layout.ts';

/** The document's page images, and the document itself to download. Their addresses hold only under this link. */
export function documentPages({ link, dossier }: Visit, view: View): Html {
  const { pages, file } = dossier.approval;
  const { document } = view.text;
  if (pages.length === 0 && !file) return html``;
  return html`<section class="sheet document" aria-labelledby="document">
    <h2 id="document">${document.heading}</h2>
    ${pages.map((_page, index) => {
      const address = `/a/${link.token}/pages/${index + 1}`;
      const name = document.page(index + 1, pages.length);
      return html`<a class="page" href="${address}"
        ><img src="${address}" alt="${name}" ${index > 0 ? html`loading="lazy"` : ''}
      /></a>`;
    })}
    ${file ? html`<p><a class="download" href="/a/${link.token}/file" download>${document.download}: ${outside(file.name)}</a></p>` : ''}
  </section>`;
}
