import sharp from 'sharp';
import type { FileContent } from '../../../core/model/artefact.ts';
import { ciiXml } from '../../../demo/documents/cii-xml.ts';
import { BUYER } from '../../../demo/documents/companies.ts';
import { toFacturX } from '../../../demo/documents/facturx.ts';
import { ksefXml } from '../../../demo/documents/ksef-xml.ts';
import type { Printer as Browser } from '../../../demo/documents/print.ts';
import { seeded, type RandomSource } from '../../random.ts';
import { cameraDamage, damaged, exportDamage, imagePdf, onDesk, scannerDamage } from './degrade.ts';
import { inventContent, type Content, type Kind } from './invoice.ts';
import { chooseLook, Printer } from './layout/look.ts';
import { invoicePage } from './layout/page.ts';
import { tillPage } from './layout/till.ts';
import { truthOfContent, truthOfPage, truthOfTill, type Truth } from './truth.ts';
import { POLISH } from './wording/polish.ts';
import { ublXml } from './xml.ts';

/** E-invoice, PDF with attached e-invoice, PDF with text, PDF of a scan, photo, small picture. */
export type DocumentKind = 'xml' | 'pdf-xml' | 'pdf-text' | 'scan' | 'photo' | 'image';

export type GeneratedDocument = {
  seed: number;
  kind: DocumentKind;
  /** What it looks like, in words, for people who look for the reason of a failure. */
  about: string;
  file: FileContent;
  truth: Truth;
};

/** Lines of an invoice that goes over to a second page. */
const LONG_INVOICE = 46;
/** CSS pixels of a till receipt and of A4 at 96 dpi. */
const TILL_SIZE = { width: 302, height: 700 };

/** The document of a seed and a kind: the same bytes' content on every machine, the same truth. */
export async function generateDocument(seed: number, kind: DocumentKind, browser: Browser): Promise<GeneratedDocument> {
  const random = seeded(seed);
  if (kind === 'xml') return eInvoice(seed, random);
  if (kind === 'pdf-xml') return hybrid(seed, random, browser);
  const paper: Kind = random.chance(0.12)
    ? 'correction'
    : random.chance(kind === 'photo' ? 0.3 : 0.04)
      ? 'receipt'
      : 'invoice';
  const long = kind === 'pdf-text' && paper === 'invoice' && random.chance(0.06);
  const content = inventContent(random, paper, undefined, { lines: long ? LONG_INVOICE : undefined });
  const print = new Printer(content, chooseLook(content, random));
  const page = await printed(print, random);
  return {
    seed,
    kind,
    about: describe(print),
    truth: page.truth,
    file: await rendered(page.html, kind, paper, random, browser),
  };
}

async function printed(print: Printer, random: RandomSource): Promise<{ html: string; truth: Truth }> {
  if (print.content.kind === 'receipt') return { html: await tillPage(print, random), truth: truthOfTill(print) };
  const { html, hasAccount } = await invoicePage(print, random);
  return { html, truth: truthOfPage(print, hasAccount) };
}

async function rendered(
  html: string,
  kind: DocumentKind,
  paper: Kind,
  random: RandomSource,
  browser: Browser,
): Promise<FileContent> {
  if (kind === 'pdf-text') return { name: 'doc.pdf', mediaType: 'application/pdf', bytes: await browser.pdf(html) };
  const damage =
    kind === 'scan' ? scannerDamage(random) : kind === 'photo' ? cameraDamage(random) : exportDamage(random);
  const picture =
    paper === 'receipt'
      ? await browser.picture(html, { ...TILL_SIZE, scale: damage.dpi / 96 })
      : await browser.page(html, damage.dpi);
  if (kind === 'photo') {
    const jpeg = await damaged(await onDesk(picture, browser, random), damage, random);
    return { name: 'doc.jpg', mediaType: 'image/jpeg', bytes: jpeg };
  }
  const jpeg = await damaged(picture, damage, random);
  if (kind === 'scan') return { name: 'doc.pdf', mediaType: 'application/pdf', bytes: await imagePdf(jpeg) };
  const tiff = random.chance(0.3);
  const bytes = tiff ? await sharp(jpeg).tiff({ compression: 'lzw' }).toBuffer() : await sharp(jpeg).png().toBuffer();
  return { name: tiff ? 'doc.tiff' : 'doc.png', mediaType: tiff ? 'image/tiff' : 'image/png', bytes };
}

function eInvoice(seed: number, random: RandomSource): GeneratedDocument {
  const ksef = random.chance(0.5);
  const content = ksef
    ? forDemoBuyer(inventContent(random, 'invoice', POLISH, { withVat: true }))
    : inventContent(random, 'invoice');
  const xml = ksef ? ksefXml(content) : ublXml(content);
  const file = { name: 'doc.xml', mediaType: 'application/xml', bytes: new Uint8Array(Buffer.from(xml)) };
  return { seed, kind: 'xml', about: ksef ? 'FA(3)' : 'UBL', file, truth: truthOfContent(content) };
}

/** The demo's writers of FA(3) and CII address its own company. */
const forDemoBuyer = (content: Content): Content => ({ ...content, buyer: { ...content.buyer, ...BUYER } });

async function hybrid(seed: number, random: RandomSource, browser: Browser): Promise<GeneratedDocument> {
  const content = forDemoBuyer(inventContent(random, 'invoice'));
  const print = new Printer(content, chooseLook(content, random));
  const { html } = await invoicePage(print, random);
  const bytes = await toFacturX(await browser.pdf(html), ciiXml(content));
  const file = { name: 'doc.pdf', mediaType: 'application/pdf', bytes };
  const truth = truthOfContent(content);
  return { seed, kind: 'pdf-xml', about: describe(print), file, truth: { ...truth, unscored: ['iban'] } };
}

function describe({ content, look }: Printer): string {
  const { wording, country, kind } = content;
  return `${wording.language}-${country.code} ${kind}, ${look.family}, ${look.head}, facts ${look.facts}, parties ${look.parties}, totals ${look.totals}`;
}
