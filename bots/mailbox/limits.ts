/** Bounds of the mailbox bot, each with its reason. What lies beyond goes to quarantine, never to the bin. */

/** Raw size of a mail. Exchange Online and Gmail stop at 25–35 MB by default; beyond it a mail is no invoice. */
export const MAX_MAIL_BYTES = 40 * 1024 * 1024;
/** MIME parts of a mail, nested mails included. Real mails have under 60; thousands are an attack on the parser. */
export const MAX_PARTS = 500;
/** Header block of one part. The longest real ones (ARC chains of forwarded mail) stay under 64 KB. */
export const MAX_HEADER_BYTES = 256 * 1024;
/** Mails within mails: a forward of a forward is common, deeper chains are not. */
export const MAX_NESTED_MAILS = 5;
/** Files taken from one mail. */
export const MAX_FILES = 100;
/** Characters of the plain text kept; the raw mail is kept whole beside it. */
export const MAX_TEXT_CHARS = 200_000;
/** HTML longer than this is not turned into plain text: that takes the one thread of the process some milliseconds a kilobyte. */
export const MAX_HTML_CHARS = 100_000;
/** Message-IDs kept of References; RFC 5322 sets no limit, old threads grow without end. */
export const MAX_REFERENCES = 50;
/** Characters of a Message-ID: a header line has at most 998 (RFC 5322, 2.1.1). A longer one counts as none. */
export const MAX_MESSAGE_ID_CHARS = 990;
/** Characters of an address: 64 of its local part, @, 255 of its domain (RFC 5321, 4.5.3.1). */
export const MAX_ADDRESS_CHARS = 320;
/** Recipients kept; who else got the mail is in the raw mail. */
export const MAX_RECIPIENTS = 100;
/** Characters of a subject, a sender's name or a label, which pages and mails show on a line. */
export const MAX_LINE_CHARS = 1_000;
/** Characters of a file name: 255 bytes is the limit of common file systems, and a letter may take four. */
export const MAX_NAME_CHARS = 60;
/** An embedded picture with a shorter side below this is a logo or a signature; A4 at 60 dpi is 496 wide. */
export const DOCUMENT_IMAGE_MIN_SIDE = 480;
/** A4 is 1 : 1.41; receipts reach 1 : 4. What is longer still is a banner. */
export const DOCUMENT_IMAGE_MAX_RATIO = 5;

/** First pause before connecting again, doubled each time. */
export const RECONNECT_FIRST_MS = 1_000;
/** Longest pause before connecting again: a server that is back is noticed within this. */
export const RECONNECT_MAX_MS = 120_000;
/** Pause after a refused login: servers lock accounts that try too often. */
export const AUTHENTICATION_RETRY_MS = 300_000;
/** First pause before a mail is offered again whose handler failed, doubled each time. */
export const HANDLE_FIRST_MS = 5_000;
export const HANDLE_MAX_MS = 600_000;
/** A handler stores files and starts a run; one that takes longer hangs, and would hold up the mails behind it. */
export const HANDLE_TIMEOUT_MS = 300_000;
/** Servers end IDLE after 30 minutes (RFC 2177), NATs forget quiet connections after about 5. */
export const IDLE_RENEW_MS = 240_000;
/** Silence of a server in the middle of a command. */
export const SILENCE_MS = 60_000;
export const CONNECT_TIMEOUT_MS = 30_000;
/** Mails looked at when one without Message-ID is sought by its hash, newest first. */
export const MAX_HASH_SEARCH = 200;
