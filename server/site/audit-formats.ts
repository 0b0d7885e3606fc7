import type { ChainedEntry } from '../../store/audit-chain.ts';

/** Columns of the CSV file. */
const COLUMNS = ['seq', 'at', 'actor', 'action', 'run', 'details', 'previous', 'hash'] as const;

/** One entry per line, keys in a fixed order; `zaplecze audit verify --file` reads it. */
export function jsonLine(entry: ChainedEntry): string {
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, entry[column]])))}\n`;
}

export const csvHead = `${COLUMNS.join(',')}\r\n`;

/** One entry as a line of CSV (RFC 4180). */
export function csvLine(entry: ChainedEntry): string {
  const cells = COLUMNS.map((column) => {
    const value = entry[column];
    return cell(typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
  });
  return `${cells.join(',')}\r\n`;
}

/** Quoted where needed. A text that a spreadsheet would take for a formula is made text by an apostrophe (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
