import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** A QR code as an SVG element that takes the size of its box. The library's own WebAssembly file is read from disk: by default it would be fetched by network. */
export async function qrSvg(text: string): Promise<string> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')));
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(wasm).buffer },
    fireImmediately: true,
    equalityFn: () => true,
  });
  const { svg, error } = await writeBarcode(text, { format: 'QRCode' });
  if (error) throw new Error(`no QR code of ${text.length} characters: ${error}`);
  const element = svg.slice(svg.indexOf('<svg'));
  return element.replace(/width="(\d+)" height="(\d+)"/, 'viewBox="0 0 $1 $2" width="100%" height="100%"');
}
