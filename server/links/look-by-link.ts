import type { Entry } from '../site/view-log.ts';
import type { Visit } from './request-state.ts';

/** A look by a link: whoever holds it may have passed it on, so the entry says "by link". */
export function lookByLink(
  { link, dossier, person }: Visit,
  action: 'approval.viewed' | 'approval.file-viewed',
  details: object = {},
): Entry {
  const { id: approval, run, definition } = dossier.approval;
  return {
    actor: person.approver,
    action,
    run,
    details: { approval, round: link.round, by: 'link', ...details, definition },
  };
}
