import { html, raw } from 'hono/html';
import type { Company } from '../companies.ts';

/** A piece of a page; values put into it are escaped. */
export type Html = ReturnType<typeof html>;

/** A whole page to print: A4 with its own margins, colours printed. */
export async function sheet(language: string, style: string, body: Html): Promise<string> {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <style>
          ${raw(`@page { size: A4; margin: 0 }
          * { box-sizing: border-box; margin: 0 }
          body { width: 210mm; min-height: 296mm; -webkit-print-color-adjust: exact; print-color-adjust: exact }
          table { border-collapse: collapse }
          .r { text-align: right }
          .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
          ${style}`)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return String(await page);
}

const GROUP = { pl: '\u00a0', en: ',', de: '.' } as const;
const POINT = { pl: ',', en: '.', de: ',' } as const;
export type Language = keyof typeof GROUP;

/** "24600.00" as people of the language write it: 24 600,00 · 24,600.00 · 24.600,00. */
export function amount(value: string, language: Language): string {
  const [whole = '', fraction = ''] = value.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, GROUP[language]);
  return fraction === '' ? grouped : grouped + POINT[language] + fraction;
}

/** "2026-11-24" as 24.11.2026 (Polish, German) or 24 Nov 2026 (English). */
export function date(iso: string, language: Language): string {
  if (language !== 'en') return iso.split('-').reverse().join('.');
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${iso}T00:00:00Z`));
}

/** IBAN in groups of four (ISO 13616, print form). */
export const iban = (compact: string): string => compact.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** Polish tax number as printed: 779-104-83-36. */
export const nip = (digits: string): string => digits.replace(/^(\d{3})(\d{3})(\d{2})(\d{2})$/, '$1-$2-$3-$4');

/** Name and address, one part a line. */
export const address = (company: Company): Html =>
  html`<b>${company.name}</b><br />${company.street}<br />${company.postCode} ${company.city}`;
