import { applicationException, businessException, type ProblemError } from '../../core/model/problem.ts';
import type { MailerSettings } from './types.ts';

/** What nodemailer attaches to its errors (its NodemailerError). */
type SmtpFailure = Error & {
  code?: string;
  responseCode?: number;
  response?: string;
  permanent?: boolean;
  rejected?: string[];
  rejectedErrors?: SmtpFailure[];
};

/** Failures before anything is sent, of a message that no server would take. */
const OUR_FAULT = new Set(['EMESSAGE', 'ECONFIG', 'EMAXRECIPIENTS', 'EFILEACCESS', 'EURLACCESS']);

/**
 * Says what kind of failure sending met, by codes and reply numbers alone (RFC 5321 section 4.2.1): 4yz may work later,
 * 5yz never will.
 */
export function classifySendError(error: unknown, settings: MailerSettings): ProblemError {
  const failure: SmtpFailure = error instanceof Error ? error : new Error(String(error));
  const place = `SMTP server ${settings.host}:${settings.port}`;
  const answer = failure.response ?? failure.message;
  if (failure.code === 'EAUTH' && failure.permanent !== false) {
    const detail = `${place} refused the login: ${answer}. Check smtp.user and the secret that smtp.password names.`;
    return applicationException('authentication', detail, { retryable: false, cause: error });
  }
  if (OUR_FAULT.has(failure.code ?? '')) {
    return applicationException('validation', `cannot send: ${failure.message}`, { retryable: false, cause: error });
  }
  if (failure.code === 'ETIMEDOUT') return applicationException('timeout', `${place}: ${answer}`, { cause: error });
  if (isPermanent(failure)) {
    const whom = failure.rejected?.length ? ` for ${failure.rejected.join(', ')}` : '';
    return businessException('mail-refused', `${place} refused the mail${whom}: ${answer}`, error);
  }
  return applicationException('communication', `${place}: ${answer}`, { cause: error });
}

/** With several recipients, one that may be taken later makes the whole worth another attempt. */
function isPermanent(failure: SmtpFailure): boolean {
  const each = failure.rejectedErrors ?? [];
  return each.length > 0 ? each.every((one) => one.permanent === true) : failure.permanent === true;
}
