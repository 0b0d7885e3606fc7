import { randomInt } from 'node:crypto';
import type { SendCode } from '../../core/model/approval-plan.ts';
import type { ApprovalDeps } from './deps.ts';
import { dossierOf, personFor } from './deps.ts';
import { codeMail } from './mail/code.ts';

/** Long enough to fetch a mail, short enough that a mailbox read later gives nothing away. */
const CODE_LIFETIME_MS = 10 * 60 * 1000;
const CODES = 1_000_000;
const CODE_DIGITS = 6;

/** Makes a code, keeps its hash and mails it. The code is in no history, no log and no trail. */
export async function sendCode(deps: ApprovalDeps, args: SendCode, run: string, now: Date, attempt: number) {
  const { approval, round, approver, nth } = args;
  const dossier = await dossierOf(deps, approval);
  const person = await personFor(deps, approver);
  const code = String(randomInt(CODES)).padStart(CODE_DIGITS, '0');
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
  await deps.store.codes.keep({ approval, round, approver }, code, expiresAt);
  const content = await codeMail({ dossier, person, code, expiresAt, settings: deps.settings });
  await deps.sendMail({
    ...content,
    // Another attempt has another code, so it is another mail.
    key: `${approval}/${round}/${approver.toLowerCase()}/code/${nth}/${attempt}`,
    to: { name: person.name, address: approver },
    language: person.language,
  });
  await deps.store.audit.append({
    actor: 'bot:approvals',
    action: 'approval.code-sent',
    run,
    details: { approval, round, approver },
  });
}
