import type { FileContent } from '../../../core/model/artefact.ts';
import type { ReadResult } from '../reading.ts';
import { unreadable } from '../failure.ts';
import { isUncertain } from '../confidence/judge.ts';
import { foreignInvoice } from '../xml/foreign.ts';
import { readXml } from '../xml/read.ts';

/** An e-invoice is an invoice by its own namespace. */
const XML_KIND_CONFIDENCE = 1;

/** An XML holds one document and shows no page. */
const ALONE = { pages: [], others: [] };

/** Reads an XML file: an e-invoice exactly, any other XML as a paper of no known kind. */
export function readXmlFile(file: FileContent): ReadResult {
  const reading = readXml(file.bytes, file.name);
  const foreign = reading ? undefined : foreignInvoice(file.bytes, file.name);
  if (foreign !== undefined)
    throw unreadable(
      'unsupported-format',
      file.name,
      `this is an e-invoice in a format that is not supported: ${foreign}; enter it by hand, or ask the supplier for a PDF`,
    );
  if (!reading)
    return { kind: 'other', confidence: XML_KIND_CONFIDENCE, how: 'none', uncertain: false, findings: [], ...ALONE };
  return {
    kind: 'invoice',
    confidence: XML_KIND_CONFIDENCE,
    how: 'xml',
    invoice: reading.invoice,
    uncertain: isUncertain(reading.invoice) || reading.findings.some((finding) => finding.blocking),
    findings: reading.findings,
    ...ALONE,
  };
}
