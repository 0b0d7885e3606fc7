import { createHash } from 'node:crypto';
import type { DemoInvoice } from './model.ts';

/** Generator polynomial of the KSeF number's check byte: CRC-8, x^8 + x^2 + x + 1, start value 0. */
const CRC8_POLYNOMIAL = 0x07;

/** Number that KSeF gives: NIP, date of acceptance, twelve hex digits, and a check byte over all before it. */
export function ksefNumber(invoice: DemoInvoice, xml: string): string {
  const technical = createHash('sha256').update(xml).digest('hex').slice(0, 12).toUpperCase();
  const stem = `${invoice.seller.vatId}-${invoice.issueDate.replaceAll('-', '')}-${technical}`;
  return `${stem}-${crc8(stem).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Link of the first QR code (KOD I): seller, issue date and SHA-256 of the XML. On KSeF's test host, as nothing here is real. */
export function ksefLink(invoice: DemoInvoice, xml: string): string {
  const digest = createHash('sha256').update(xml).digest('base64url');
  const date = invoice.issueDate.split('-').reverse().join('-');
  return `https://qr-test.ksef.mf.gov.pl/invoice/${invoice.seller.vatId}/${date}/${digest}`;
}

/** CRC-8 of the number's first 32 characters. */
export function crc8(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text, 'ascii')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ CRC8_POLYNOMIAL) & 0xff : (crc << 1) & 0xff;
  }
  return crc;
}
