import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { checkCii } from './cii-rules.ts';
import { isCii, readCii } from './cii.ts';
import { checkEn16931 } from './en16931.ts';
import { checkKsef } from './ksef-rules.ts';
import { isKsef, readKsef } from './ksef.ts';
import { parseXml } from './parse.ts';
import { termsOfUbl } from './business-terms.ts';
import type { XmlElement } from './tree.ts';
import { isUbl, readUbl } from './ubl.ts';
import { unwrapped } from './foreign.ts';

export type Syntax = 'ksef' | 'cii' | 'ubl';
export type XmlReading = { syntax: Syntax; invoice: Invoice; root: XmlElement; findings: Finding[] };

/**
 * Reads an e-invoice of any syntax; undefined for well-formed XML that is none.
 * Throws `unreadable-document` for XML that is damaged or forbidden.
 */
export function readXml(bytes: Uint8Array, name: string): XmlReading | undefined {
  const root = unwrapped(parseXml(bytes, name));
  if (isKsef(root)) return { syntax: 'ksef', invoice: readKsef(root), root, findings: checkKsef(root) };
  if (isCii(root)) return { syntax: 'cii', invoice: readCii(root), root, findings: checkCii(root) };
  if (isUbl(root)) return { syntax: 'ubl', invoice: readUbl(root), root, findings: checkEn16931(termsOfUbl(root)) };
  return undefined;
}
