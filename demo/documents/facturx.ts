import { AFRelationship, PDFDocument, PDFName } from '@cantoo/pdf-lib';

/** File name and XMP values of Factur-X 1.0, profile EN 16931 (specification, section 6.2). */
const FILE_NAME = 'factur-x.xml';
const XMP = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
   <fx:DocumentType>INVOICE</fx:DocumentType>
   <fx:DocumentFileName>${FILE_NAME}</fx:DocumentFileName>
   <fx:Version>1.0</fx:Version>
   <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;

/**
 * Embeds a CII invoice into a PDF: associated file (relationship Alternative) and Factur-X metadata. The PDF is not made
 * PDF/A-3, and does not claim to be: Chromium's output lacks what that asks.
 */
export async function toFacturX(pdf: Uint8Array, xml: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf);
  await document.attach(Buffer.from(xml, 'utf8'), FILE_NAME, {
    mimeType: 'text/xml',
    description: 'Factur-X invoice',
    afRelationship: AFRelationship.Alternative,
  });
  const metadata = document.context.stream(Buffer.from(XMP, 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  return document.save();
}
