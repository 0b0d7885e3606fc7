import type { FileContent } from '../../core/model/artefact.ts';
import type { Cache } from './cache.ts';
import { ciiXml } from './cii-xml.ts';
import { photo, scan } from './degrade.ts';
import { toFacturX } from './facturx.ts';
import type { DemoInvoices } from './invoices.ts';
import { ksefLink, ksefNumber } from './ksef.ts';
import { ksefXml } from './ksef-xml.ts';
import { classicLayout } from './layouts/classic.ts';
import { cloudLayout } from './layouts/cloud.ts';
import { hotelLayout } from './layouts/hotel.ts';
import { newsletterLayout } from './layouts/newsletter.ts';
import { receiptPhoto } from './layouts/receipt.ts';
import { studioLayout } from './layouts/studio.ts';
import { addDays } from './amounts.ts';
import type { Printer } from './print.ts';
import { qrSvg } from './qr.ts';
import { pick } from './random.ts';

export type DemoFiles = Record<
  'ksef' | 'facturx' | 'polish' | 'reprint' | 'scan' | 'photo' | 'wrongSum' | 'newsletter' | 'large',
  FileContent
>;

/** Resolution of the scan, as office machines send to mail by default. */
const SCAN_DPI = 200;
/** The desk of the photo in CSS pixels, and its enlargement: 1440 × 1920, as telephones shrink pictures for mail. */
const PHOTO_SIZE = { width: 900, height: 1200, scale: 1.6 };

type Studio = { cache: Cache; printer: Printer; seed: string; today: string };

/** Every attachment of the demo. What is not cached is printed, one after another, in one browser. */
export async function demoFiles(invoices: DemoInvoices, studio: Studio): Promise<DemoFiles> {
  const { cache, printer, seed, today } = studio;
  const pdf = async (name: string, html: string) => cache(name, html, () => printer.pdf(html));
  const noise = pick(seed, 'noise', 0, 2 ** 31);

  const polish = await classicLayout(invoices.builders, invoices.builders.issueDate);
  const reprint = await classicLayout(invoices.builders, addDays(today, -1));
  const hotel = await hotelLayout(invoices.hotel);
  const desk = await receiptPhoto(invoices.fuel);
  const cloud = await cloudLayout(invoices.software);
  const cii = ciiXml(invoices.software);
  const agency = await studioLayout(invoices.agency, { accent: '#c2255c', claim: 'reklama, która śpiewa' });

  return {
    ksef: xmlFile(`FA3_${compact(invoices.paper.number)}.xml`, ksefXml(invoices.paper)),
    facturx: pdfFile(
      `${invoices.software.number}.pdf`,
      await cache('facturx', cloud + cii, async () => toFacturX(await printer.pdf(cloud), cii)),
    ),
    polish: pdfFile(`Faktura_${compact(invoices.builders.number)}.pdf`, await pdf('polish', polish)),
    reprint: pdfFile('skan_faktura_kopia.pdf', await pdf('reprint', reprint)),
    scan: pdfFile(
      'Scan_0417.pdf',
      await cache('scan', `${noise}${hotel}`, async () => scan(await printer.page(hotel, SCAN_DPI), noise)),
    ),
    photo: {
      name: 'IMG_2231.jpg',
      mediaType: 'image/jpeg',
      bytes: await cache('photo', `${noise}${desk}`, async () => photo(await printer.picture(desk, PHOTO_SIZE), noise)),
    },
    wrongSum: pdfFile(`Kolibri_${compact(invoices.agency.number)}.pdf`, await pdf('wrong-sum', agency)),
    newsletter: pdfFile('biuletyn.pdf', await pdf('newsletter', await newsletterLayout(today))),
    large: pdfFile(`${compact(invoices.machines.number)}.pdf`, await pdf('large', await largeInvoice(invoices))),
  };
}

/** The invoice above the limit carries its KSeF number and the QR code that leads to it. */
async function largeInvoice({ machines }: DemoInvoices): Promise<string> {
  const xml = ksefXml(machines);
  const ksef = { number: ksefNumber(machines, xml), qr: await qrSvg(ksefLink(machines, xml)) };
  return studioLayout(machines, { accent: '#1c4f82', claim: 'serwis obrabiarek CNC', ksef });
}

/** An invoice number as part of a file name. */
const compact = (number: string): string => number.replaceAll(/[^\dA-Za-z]+/g, '_');

const pdfFile = (name: string, bytes: Uint8Array): FileContent => ({ name, mediaType: 'application/pdf', bytes });

const xmlFile = (name: string, xml: string): FileContent => ({
  name,
  mediaType: 'application/xml',
  bytes: new Uint8Array(Buffer.from(xml, 'utf8')),
});
