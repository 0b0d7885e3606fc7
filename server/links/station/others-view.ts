import { html } from 'hono/html';
import type { Html, View } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';

/** Others who have the same document open, and a note that what was typed before is there again. Scripts keep it true. */
export type Company = { others: readonly string[]; restored: boolean };

/** What the station tells beside the fields: who else is here, and whether what is typed has been kept. */
export function companyNotes({ others, restored }: Company, view: View): Html {
  const { station } = view.text;
  return html`<p
      class="note others"
      role="status"
      data-together="${station.together('{names}')}"
      ${others.length === 0 ? html`hidden` : ''}
    >
      ${others.length === 0 ? '' : outside(station.together(others.join(', ')))}
    </p>
    <p
      class="soft saved"
      role="status"
      data-saved="${station.saved}"
      data-unsaved="${station.unsaved}"
      data-over="${station.over}"
    >
      ${restored ? station.restored : ''}
    </p>`;
}
