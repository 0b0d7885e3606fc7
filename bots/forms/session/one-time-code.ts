import { Secret, TOTP, URI } from 'otpauth';
import { applicationException } from '../../../core/model/problem.ts';

/** A code must live so long still when it is typed: pages take a moment to send it. */
const MIN_LIFE_MS = 3_000;
/** Authenticators agree on this where the address does not say otherwise (RFC 6238, section 1.2 and 4). */
const DEFAULTS = { algorithm: 'SHA1', digits: 6, period: 30 };

/**
 * One-time codes by time (RFC 6238). A server takes each code once, and a session may end within the same half minute:
 * the next code is then waited for.
 */
export class OneTimeCodes {
  readonly #used = new Map<string, string>();

  /**
   * The code of a secret, base32 as applications show it, or the whole otpauth:// address.
   * @param wait waits some milliseconds
   * @throws a configuration error for a secret that is neither; its text is not told.
   */
  async next(secret: string, wait: (ms: number) => Promise<void>, now: () => number = Date.now): Promise<string> {
    const totp = read(secret);
    const left = totp.remaining({ timestamp: now() });
    const early = totp.generate({ timestamp: now() }) === this.#used.get(secret);
    if (early || left < MIN_LIFE_MS) await wait(left + 1);
    const code = totp.generate({ timestamp: now() });
    this.#used.set(secret, code);
    return code;
  }
}

function read(secret: string): TOTP {
  try {
    const parsed = secret.startsWith('otpauth:') ? URI.parse(secret) : undefined;
    if (parsed instanceof TOTP) return parsed;
    if (!parsed) return new TOTP({ ...DEFAULTS, secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  } catch {
    // Its message may quote the secret.
  }
  throw applicationException(
    'configuration',
    'the secret for one-time codes is neither base32 nor an otpauth:// address',
  );
}
