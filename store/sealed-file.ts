import type { Sealer } from '../core/model/sealer.ts';

/** In front of a sealed file. What has none was written before files were sealed. */
const MARK = Buffer.from('zaplecze sealed 1\n');

/** Content as it goes to the disk. */
export function sealedFile(bytes: Uint8Array, sealer: Sealer | undefined): Uint8Array {
  return sealer ? Buffer.concat([MARK, sealer.seal(bytes)]) : bytes;
}

/** Content of a file, sealed or not. Undefined where it is sealed, and damaged or of another installation's key. */
export function openedFile(file: Uint8Array, sealer: Sealer | undefined): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, MARK.length).equals(MARK)) return file;
  return sealer?.open(bytes.subarray(MARK.length));
}
