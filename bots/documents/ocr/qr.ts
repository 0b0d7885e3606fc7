import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { BOUNDS } from '../bounds.ts';
import { openImage } from './prepare.ts';

/** What a QR code on an invoice says for sure: its own checksum guards every character. */
export type QrFacts = { sellerVatId?: string; issueDate?: string; iban?: string; gross?: string; currency?: string };

let ready: Promise<unknown> | undefined;

/** The decoder fetches its program from the network unless it is handed over. */
function load(): Promise<unknown> {
  ready ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then((wasm) =>
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true }),
  );
  return ready;
}

/** Facts from the QR codes of one page image; empty where there are none. */
export async function readQrCodes(bytes: Uint8Array, page = 0): Promise<QrFacts> {
  await load();
  const size = BOUNDS.ocrLongSide;
  const png = await openImage(bytes, page)
    .rotate()
    .flatten({ background: '#ffffff' })
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  const codes = await readBarcodes(Uint8Array.from(png), { formats: ['QRCode'], maxNumberOfSymbols: MAX_CODES });
  return Object.assign({}, ...codes.map((code) => factsOf(code.text))) as QrFacts;
}

const MAX_CODES = 6;

/** Reads the text of a code: KSeF's verification link, the European payment code, the Polish transfer code. */
export function factsOf(text: string): QrFacts {
  return ksefLink(text) ?? epcPayment(text) ?? polishTransfer(text) ?? {};
}

/** Link of "kod I" on a visual copy: …/invoice/{NIP}/{DD-MM-YYYY}/{hash} (KSeF 2.0, verification codes). */
function ksefLink(text: string): QrFacts | undefined {
  const match = /ksef[^/]*\.mf\.gov\.pl\/.*invoice\/(\d{10})\/(\d{2})-(\d{2})-(\d{4})\//.exec(text);
  return match ? { sellerVatId: match[1], issueDate: `${match[4]}-${match[3]}-${match[2]}` } : undefined;
}

/** EPC069-12: BCD, version, character set, SCT, BIC, name, IBAN, amount, one a line. */
function epcPayment(text: string): QrFacts | undefined {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== 'BCD' || lines[3] !== 'SCT') return undefined;
  const amount = /^([A-Z]{3})(\d+(?:\.\d{1,2})?)$/.exec(lines[7] ?? '');
  return {
    iban: lines[6]?.replaceAll(' ', ''),
    currency: amount?.[1],
    gross: amount?.[2] && Number(amount[2]).toFixed(2),
  };
}

/** Recommendation of the Polish Bank Association: NIP|PL|account|amount in grosze|name|title|… */
function polishTransfer(text: string): QrFacts | undefined {
  const match = /^(\d{10})?\|PL\|(\d{26})\|(\d{6})\|/.exec(text);
  if (!match) return undefined;
  const grosze = (match[3] ?? '').padStart(3, '0');
  const gross = `${Number(grosze.slice(0, -2))}.${grosze.slice(-2)}`;
  return { sellerVatId: match[1], iban: `PL${match[2]}`, gross, currency: 'PLN' };
}
