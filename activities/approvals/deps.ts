import type { LinkClaims } from '../../core/model/approval-links.ts';
import type { NamesOf } from '../../core/model/names.ts';
import type { ProofKeys } from '../../core/model/proof.ts';
import type { CallInfo } from '../../core/model/call.ts';
import type { Person, Settings } from '../../core/settings/settings.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { Store } from '../../store/index.ts';
import { applicationException } from '../../core/model/problem.ts';
import { personOfEmail } from './resolve-people.ts';
import type { Calendar } from './working-time.ts';

/** A mail to one approver, as the mailer takes it. */
export type OutgoingApprovalMail = {
  /** Sent once per key; the Message-ID is derived from it. */
  key: string;
  to: { name: string; address: string };
  language: Person['language'];
  subject: string;
  text: string;
  html: string;
  /** Message-ID of the first mail, so that reminders stay in its thread. */
  inReplyTo?: string | undefined;
};

export type ApprovalDeps = {
  store: Pick<
    Store,
    'approvals' | 'codes' | 'corrections' | 'definitions' | 'digests' | 'drafts' | 'outbox' | 'substitutes' | 'users'
  > & { audit: Pick<Store['audit'], 'append'> };
  settings: Settings;
  /** Once per key, however often it is called. */
  sendMail: (mail: OutgoingApprovalMail) => Promise<{ messageId: string }>;
  /** Signs a link token; the server verifies it. */
  signLink: (claims: LinkClaims) => string;
  /** Keys by which the run will know what the server has taken in. */
  proofKeys: () => ProofKeys;
  /** Makes names that outsiders cannot work out. */
  namesOf: NamesOf;
  clock?: () => Date;
};

/** The same, with what is written into the audit trail naming the definition and version that the run follows. */
export function audited(deps: ApprovalDeps, { definition }: Pick<CallInfo, 'definition'>): ApprovalDeps {
  const { audit } = deps.store;
  const append: ApprovalDeps['store']['audit']['append'] = (entry) =>
    audit.append({ ...entry, details: { ...entry.details, definition } });
  return { ...deps, store: { ...deps.store, audit: { append } } };
}

/** Throws where a run asks about a request that the store has never seen. */
export async function dossierOf(deps: ApprovalDeps, approval: string): Promise<ApprovalDossier> {
  const dossier = await deps.store.approvals.find(approval);
  if (dossier) return dossier;
  throw applicationException('runtime', `the approval ${approval} is not in the store`, { retryable: false });
}

/** A person by the settings, else as somebody who signs in here, else by their address alone. */
export async function personFor({ store, settings }: ApprovalDeps, email: string): Promise<Person> {
  const known = personOfEmail(email, settings);
  if (known.name !== email) return known;
  const user = await store.users.find(email);
  return user ? { name: user.name, email, language: user.language } : known;
}

export function calendarOf({ holidays: country, timeZone }: Settings): Calendar {
  return { country, timeZone };
}

/** The address of a page, with its token. */
export function linkTo({ signLink, settings }: ApprovalDeps, claims: LinkClaims): string {
  const path = { decide: 'a', answer: 'q', digest: 'd' }[claims.kind ?? 'decide'];
  return new URL(`/${path}/${signLink(claims)}`, settings.publicUrl).href;
}
