/** A mail that cannot be taken over at all; it goes to quarantine as it is. `code` is short enough for an IMAP keyword. */
export class Unacceptable extends Error {
  readonly code: string;

  constructor(code: string, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'Unacceptable';
    this.code = code;
  }
}
