import { html } from 'hono/html';
import { isSubject } from '../../core/model/about.ts';
import type { Artefact } from '../../core/model/artefact.ts';
import type { ApprovalRow } from '../../store/approvals.ts';
import type { Visit } from './request-state.ts';
import type { Html, View } from '../site/layout.ts';
import { outside } from '../site/layout.ts';

/** The files of a request: the document itself, then those of a subject. */
export function filesOf({ about, file }: Pick<ApprovalRow, 'about' | 'file'>): Artefact[] {
  return [...(file ? [file] : []), ...(isSubject(about) ? about.files : [])];
}

/** The document's page images, and the document itself to download. Their addresses hold only under this link. */
export function documentPages({ link, dossier }: Visit, view: View): Html {
  const { pages } = dossier.approval;
  const { document } = view.text;
  const files = filesOf(dossier.approval);
  if (pages.length === 0 && files.length === 0) return html``;
  return html`<section class="sheet document" aria-labelledby="document">
    <h2 id="document">${document.heading}</h2>
    ${pages.map((_page, index) => {
      const address = `/a/${link.token}/pages/${index + 1}`;
      const name = document.page(index + 1, pages.length);
      return html`<a class="page" href="${address}"
        ><img src="${address}" alt="${name}" ${index > 0 ? html`loading="lazy"` : ''}
      /></a>`;
    })}
    ${files.map(({ name }, index) => html`<p><a class="download" href="/a/${link.token}/files/${index + 1}" download>${document.download}: ${outside(name)}</a></p>`)}
  </section>`;
}
