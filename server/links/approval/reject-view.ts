import { html } from 'hono/html';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { Again } from '../form-shown-again.ts';
import type { Html } from '../../site/layout.ts';

type Labels = { open: string; reason: string; hint?: string; reject: string };

/** Rejecting takes a reason, so it is folded away: two touches more, none by accident. Works without scripts. */
export function rejectForm(action: string, pageToken: string, labels: Labels, again: Again): Html {
  return html`<details class="reject" ${again.rejecting ? html`open` : ''}>
    <summary>${labels.open}</summary>
    <form method="post" action="${action}">
      <input type="hidden" name="page" value="${pageToken}" />
      <label for="reason">${labels.reason}</label>
      ${labels.hint ? html`<p class="soft" id="reason-hint">${labels.hint}</p>` : ''}
      ${reasonBox(again.reason ?? '', labels.hint !== undefined)}
      <button class="danger" name="decision" value="rejected">${labels.reject}</button>
    </form>
  </details>`;
}

function reasonBox(reason: string, hinted: boolean): Html {
  const described = hinted ? html`aria-describedby="reason-hint"` : '';
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea id="reason" name="reason" rows="3" required maxlength="${MAX_REASON_LENGTH}" ${described}>${reason}</textarea>`;
}
