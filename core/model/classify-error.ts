import { applicationException, type ProblemError, type StandardError } from './problem.ts';
import { errorText } from './errors.ts';

type Class = { kind: StandardError; retryable: boolean; mend: string };

/** System errors by their code (errno(3), node:dns): what they mean to a back office and whether time can heal them. */
const BY_CODE: Record<string, Class> = {
  ECONNREFUSED: { kind: 'communication', retryable: true, mend: 'nothing listens there; is the server up?' },
  ECONNRESET: { kind: 'communication', retryable: true, mend: 'the other side closed the connection' },
  EPIPE: { kind: 'communication', retryable: true, mend: 'the other side closed the connection' },
  EHOSTUNREACH: { kind: 'communication', retryable: true, mend: 'the host cannot be reached; check the network' },
  ENETUNREACH: { kind: 'communication', retryable: true, mend: 'the network cannot be reached' },
  ENOTFOUND: { kind: 'communication', retryable: true, mend: 'that host name is unknown; check the settings' },
  EAI_AGAIN: { kind: 'communication', retryable: true, mend: 'host names cannot be looked up just now' },
  ETIMEDOUT: { kind: 'timeout', retryable: true, mend: 'no answer in time' },
  ENOSPC: {
    kind: 'runtime',
    retryable: true,
    mend: 'the disk is full: free some space, then the work continues automatically',
  },
  // PostgreSQL's own code of a full disk (documentation, appendix A); the embedded one has it too.
  '53100': {
    kind: 'runtime',
    retryable: true,
    mend: 'the disk is full: free some space, then the work continues automatically',
  },
  EDQUOT: { kind: 'runtime', retryable: true, mend: 'the disk quota is used up: free some space' },
  EROFS: { kind: 'runtime', retryable: true, mend: 'the disk is read-only' },
  EACCES: { kind: 'authorization', retryable: false, mend: 'this user may not do that; check the permissions' },
  EPERM: { kind: 'authorization', retryable: false, mend: 'this user may not do that' },
  ENOENT: { kind: 'configuration', retryable: false, mend: 'that file or program is not there' },
  EMFILE: { kind: 'runtime', retryable: true, mend: 'too many open files; raise the limit (ulimit -n)' },
};

/** An unknown error is retried: a crash of ours parks the run after its attempts, and an operator sees it. */
const UNKNOWN: Class = { kind: 'runtime', retryable: true, mend: 'unexpected; the log has the stack trace' };

/** Classifies an error that no bot has classified. By code and by class, never by message text. */
export function classify(error: unknown): ProblemError {
  const { kind, retryable, mend } = classOf(error);
  const message = errorText(error);
  return applicationException(kind, `${message} (${mend})`, { retryable, cause: error });
}

function classOf(error: unknown): Class {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    const known = BY_CODE[code];
    if (known) return known;
    if (current.name === 'TimeoutError') return { kind: 'timeout', retryable: true, mend: 'no answer in time' };
  }
  return UNKNOWN;
}
