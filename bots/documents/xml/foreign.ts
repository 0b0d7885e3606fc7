import { parseXml } from './parse.ts';
import type { XmlElement } from './tree.ts';
import { isUbl } from './ubl.ts';

/** The e-invoice in the envelope that Peppol sends it in (UN/CEFACT Standard Business Document Header). */
export function unwrapped(root: XmlElement): XmlElement {
  return root.name === 'StandardBusinessDocument' ? (root.children.find(isUbl) ?? root) : root;
}

/** E-invoices of kinds that are not read, by the names and namespaces of their roots. */
const KINDS: readonly (readonly [what: string, root: RegExp, namespace: RegExp])[] = [
  ['FatturaPA (Italy)', /^FatturaElettronica/, /.*/],
  ['ISDOC (Czechia)', /^(?:Invoice|CommonDocument)$/, /isdoc/],
  ['Facturae (Spain)', /^Facturae$/, /.*/],
  ['an invoice of NAV (Hungary)', /^InvoiceData$/, /nav\.gov\.hu/],
  ['FA_RR of KSeF (Poland)', /^Faktura$/, /crd\.gov\.pl/],
  ['ebInterface (Austria)', /^Invoice$/, /ebinterface/],
  ['Finvoice (Finland)', /^Finvoice$/, /.*/],
  ['Svefaktura (Sweden)', /^Invoice$/, /svefaktura/],
  ['e-SLOG (Slovenia)', /^(?:Invoice|IzdaniRacunEnostavni)$/, /eslog|gzs\.si/],
  ['CFDI (Mexico)', /^Comprobante$/, /sat\.gob\.mx/],
  ['NF-e (Brazil)', /^(?:nfeProc|NFe)$/, /portalfiscal/],
];

/**
 * Names the kind of an e-invoice that this reader does not read; undefined for XML that is no e-invoice.
 * @throws a business exception `unreadable-document` for XML that is damaged or forbidden
 */
export function foreignInvoice(bytes: Uint8Array, name: string): string | undefined {
  const root = parseXml(bytes, name);
  return KINDS.find(([, element, namespace]) => element.test(root.name) && namespace.test(root.namespace))?.[0];
}
