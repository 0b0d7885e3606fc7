import { randomBytes, randomInt } from 'node:crypto';
import type { Language } from '../../../core/settings/settings.ts';
import type { SignIns } from '../../../store/sign-ins.ts';
import { messagesOfDesk } from '../messages/index.ts';
import type { Tokens } from '../../site/tokens.ts';
import { RateLimit } from '../../site/rate-limit.ts';
import type { FindPerson } from '../../people/members.ts';

/** Time to find the mail and type the code, greylisting included. */
const CODE_LIFETIME_MS = 20 * 60 * 1000;
const CODE_DIGITS = 6;
/** With five tries for a code and fifteen codes an hour, guessing needs some nine thousand hours for an even chance. */
const TRIES = 5;
const MAILS_PER_HOUR = 15;
/** One client asks for no more codes an hour for one person: others who ask for them take nothing from who is meant. */
const MAILS_OF_A_CLIENT = 5;
const MINUTES_PER_HOUR = 60;
const HOUR_MS = 60 * 60 * 1000;
const ID_BYTES = 24;

/** A mail of the pages themselves. Sent once per key. */
export type DeskMail = { key: string; to: string; subject: string; text: string; language: Language };
export type SendDeskMail = (mail: DeskMail) => Promise<unknown>;

export type CodeParts = {
  signIns: Pick<SignIns, 'begin' | 'countSince' | 'attempt' | 'use'>;
  tokens: Pick<Tokens, 'digest'>;
  find: FindPerson;
  sendMail: SendDeskMail;
  publicUrl: string;
  clock: () => Date;
  log: (message: string, error?: unknown) => void;
};

export type Codes = {
  /**
   * Mails a code to whoever is known under the address. The answer is the same for everyone else: the name of the page
   * on which a code could be typed. So nobody learns by it who works here.
   */
  send(email: string, client: string): Promise<string>;
  /** The address whose code this is. Each code counts once. */
  redeem(id: string, code: string): Promise<string | undefined>;
};

/**
 * Sign-in by mail. The link in the mail only opens a page; the person types the code, so that no scanner that follows
 * links signs in.
 */
export function createCodes(parts: CodeParts): Codes {
  const { signIns, tokens, find, clock } = parts;
  const clients = new RateLimit(MAILS_OF_A_CLIENT / MINUTES_PER_HOUR, MAILS_OF_A_CLIENT);
  const hash = (id: string, code: string): string => tokens.digest('sign-in', `${id} ${code}`);
  return {
    async send(email, client) {
      const now = clock();
      const id = randomBytes(ID_BYTES).toString('base64url');
      const person = await find(email);
      if (!person || !clients.allows(`${person.email} ${client}`, now.getTime())) return id;
      if ((await signIns.countSince(email, new Date(now.getTime() - HOUR_MS))) >= MAILS_PER_HOUR) return id;
      const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
      const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
      await signIns.begin({ id, email: person.email, codeHash: hash(id, code), expiresAt }, now);
      const { mail } = messagesOfDesk(person.language).signIn;
      const text = mail.text(person.name, code, new URL(`/sign-in/${id}`, parts.publicUrl).href);
      const { language } = person;
      // Not waited for: how long a server takes would tell whether the address is known.
      parts
        .sendMail({ key: `sign-in/${id}`, to: person.email, subject: mail.subject, text, language })
        .catch((error: unknown) => parts.log('a sign-in code could not be mailed', error));
      return id;
    },
    async redeem(id, typed) {
      const code = typed.replaceAll(/\D/g, '');
      const row = await signIns.attempt(id, TRIES, clock());
      if (row?.code_hash !== hash(id, code)) return undefined;
      return (await signIns.use(id, clock())) ? row.email : undefined;
    },
  };
}
