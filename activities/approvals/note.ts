import type { NoteAct } from '../../core/model/approval-plan.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { ApprovalDeps } from './deps.ts';
import { dossierOf, linkTo, personFor } from './deps.ts';
import { noteMail } from './mail/note.ts';

/** Puts an act that decides nothing on the record and, where someone must know of it, into a mail. */
export async function noteAct(deps: ApprovalDeps, args: NoteAct, run: string, now: Date): Promise<void> {
  const { approval, entry } = args;
  const dossier = await dossierOf(deps, approval);
  // First the mail: whoever asks a question is told when nobody can be reached, and then it was not asked.
  for (const to of args.mailTo) await mail(deps, { dossier, entry, to, now });
  if (!(await deps.store.approvals.note(approval, entry))) return;
  const { by = 'bot:approvals', kind, ...details } = entry;
  await deps.store.audit.append({ actor: by, action: `approval.${kind}`, run, details: { approval, ...details } });
}

type News = { dossier: ApprovalDossier; entry: NoteAct['entry']; to: NoteAct['mailTo'][number]; now: Date };

async function mail(deps: ApprovalDeps, { dossier, entry, to, now }: News): Promise<void> {
  const { email, link: kind } = to;
  const { id: approval, expires_at: expiresAt } = dossier.approval;
  const person = await personFor(deps, email);
  const round = kind === 'answer' ? entry.seq : entry.round;
  const link = linkTo(deps, { kind, approval, round, approver: email, expiresAt });
  const by = entry.by === undefined ? '' : (await personFor(deps, entry.by)).name;
  const asked = dossier.requests.find((request) => request.round === entry.round && request.approver === email);
  const content = await noteMail({ dossier, person, link, now, settings: deps.settings, by, entry });
  const { messageId } = await deps.sendMail({
    ...content,
    key: `${approval}/act/${entry.seq}/${email.toLowerCase()}`,
    to: { name: person.name, address: email },
    language: person.language,
    inReplyTo: asked?.message_id || undefined,
  });
  await deps.store.approvals.mailed(approval, messageId, email);
}
