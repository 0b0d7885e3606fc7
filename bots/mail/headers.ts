import { applicationException } from '../../core/model/problem.ts';
import type { OutgoingMail } from './types.ts';

/** Message-IDs kept of References: the first, which names the thread, and the last ones (RFC 5322 section 3.6.4). */
const MAX_REFERENCES = 20;
/** Characters of a subject; beyond it mail programs cut, and servers with a 998-byte line limit may refuse. */
const MAX_SUBJECT_CHARS = 250;
/** Reply marks of the languages met here: Re, Polish Odp, German AW, with the counters of some programs: `Re[2]:`. */
const REPLY_MARKS = /^(?:\s*(?:re|odp|aw|antw)(?:\[\d+\])?\s*:)+\s*/i;
const MESSAGE_ID = /^<[^<>\s]{1,500}>$/;
const ADDRESS = /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/;

/** Text on one line: neither line ends, which would start a header of a sender's own making, nor other controls. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** The subject of a mail; a reply has exactly one "Re:". Throws a validation problem when there is none at all. */
export function subjectOf(message: OutgoingMail): string {
  const own = oneLine(message.subject ?? '');
  const answered = oneLine(message.replyTo?.subject ?? '').replace(REPLY_MARKS, '');
  const subject = own !== '' ? own : answered !== '' ? `Re: ${answered}` : '';
  if (subject === '') throw invalid('the mail has neither a subject nor an answered one');
  const once = REPLY_MARKS.test(subject) ? `Re: ${subject.replace(REPLY_MARKS, '')}` : subject;
  return Array.from(once).slice(0, MAX_SUBJECT_CHARS).join('');
}

/** In-Reply-To and References of a reply (RFC 5322 section 3.6.4); foreign ids that are none are left out. */
export function threadOf(message: OutgoingMail): { inReplyTo?: string; references?: string[] } {
  const { replyTo } = message;
  if (replyTo === undefined || !MESSAGE_ID.test(replyTo.messageId)) return {};
  const earlier = (replyTo.references ?? []).filter((id) => MESSAGE_ID.test(id) && id !== replyTo.messageId);
  const [first, ...rest] = [...new Set([...earlier, replyTo.messageId])];
  const references = first === undefined ? [] : [first, ...rest.slice(1 - MAX_REFERENCES)];
  return { inReplyTo: replyTo.messageId, references };
}

/** Checks addresses and Message-ID, which go into headers and commands as they are. Throws a validation problem. */
export function checkEnvelope(message: OutgoingMail): void {
  if (!MESSAGE_ID.test(message.messageId)) throw invalid(`"${oneLine(message.messageId)}" is not a Message-ID`);
  if (message.to.length === 0) throw invalid('the mail has no recipient');
  const wrong = message.to.find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) throw invalid(`"${oneLine(wrong)}" is not a mail address`);
}

function invalid(detail: string): Error {
  return applicationException('validation', `cannot send: ${detail}`, { retryable: false });
}
