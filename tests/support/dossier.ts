import type { About } from '../../core/model/about.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';

/** When it was asked. */
export const ASKED_AT = new Date('2026-11-24T10:00:00Z');

/** An approval that one person was asked for, as the store tells of it; nobody has done anything yet. */
export function freshDossier(
  about: About,
  approver: string,
  findings: ApprovalDossier['approval']['findings'] = [],
): ApprovalDossier {
  return {
    approval: {
      id: 'apr_1',
      kind: 'approval',
      run: 'r',
      task: '/do/0/a',
      definition: { namespace: 'n', name: 'n', version: '1.0.0', hash: 'h' },
      supplier: null,
      about,
      to_do: null,
      file: null,
      pages: [],
      findings,
      rounds: [{ round: 1, approvers: [approver] }],
      changes: [],
      barred: [],
      code_needed: false,
      status: 'open',
      reason: null,
      created_at: ASKED_AT,
      expires_at: new Date('2026-12-08T10:00:00Z'),
      closed_at: null,
    },
    requests: [],
    decisions: [],
    trail: [],
  };
}
