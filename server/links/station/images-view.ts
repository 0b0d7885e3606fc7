import { html } from 'hono/html';
import { invoiceOf } from '../../../core/model/about.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import type { Visit } from '../request-state.ts';
import type { Html, View } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';

/** Boxes lie in an SVG of a thousand units a side over the image: no inline style is needed to place them. */
const UNITS = 1000;
/** A little air around a word, in those units. */
const AIR = 4;

/** Page images with the box of every field that was read from them; the box of the focused field shows. */
export function pageImages({ link, dossier }: Visit, view: View): Html {
  const { pages, file, about } = dossier.approval;
  const { document, station } = view.text;
  const download = file
    ? html`<p>
        <a class="download" href="/a/${link.token}/file" download>${document.download}: ${outside(file.name)}</a>
      </p>`
    : '';
  if (pages.length === 0)
    return html`<section class="pages bare" aria-label="${document.heading}">${download}</section>`;
  return html`<section class="pages" aria-label="${document.heading}">
    <div class="tools" hidden>
      <button type="button" data-act="out">−<span class="visually-hidden"> ${station.zoomOut}</span></button
      ><button type="button" data-act="in">+<span class="visually-hidden"> ${station.zoomIn}</span></button
      ><button type="button" data-act="turn">↻<span class="visually-hidden"> ${station.rotate}</span></button>
    </div>
    <div class="views" tabindex="0" role="region" aria-label="${document.heading}">
      ${pages.map((_page, index) => {
        const name = document.page(index + 1, pages.length);
        return html`<div class="page">
          <img src="/a/${link.token}/pages/${index + 1}" alt="${name}" /><svg
            viewBox="0 0 ${UNITS} ${UNITS}"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            ${boxes(invoiceOf(about), index + 1)}
          </svg>
        </div>`;
      })}
    </div>
    ${download}
  </section>`;
}

function boxes(invoice: Invoice, page: number): Html[] {
  return Object.entries(invoice.fields).flatMap(([path, reading]) => {
    const { source } = reading;
    if (!source || !('box' in source) || source.page !== page) return [];
    const { x, y, width, height } = source.box;
    return [
      html`<rect
        data-box="${path}"
        x="${x * UNITS - AIR}"
        y="${y * UNITS - AIR}"
        width="${width * UNITS + 2 * AIR}"
        height="${height * UNITS + 2 * AIR}"
        rx="4"
      ></rect>`,
    ];
  });
}
