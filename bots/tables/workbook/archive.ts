import JSZip from 'jszip';

/** Bytes of all parts of a workbook, unpacked: a register of 100,000 rows has some 60 MB; a zip bomb of a few KB has gigabytes. */
const MAX_UNPACKED_BYTES = 160 * 1024 * 1024;

/** The archive of a workbook, or undefined where it is none or unpacks to more than a workbook may have. */
export async function openArchive(bytes: Uint8Array): Promise<JSZip | undefined> {
  let archive: JSZip;
  try {
    archive = await JSZip.loadAsync(bytes);
    let total = 0;
    for (const file of Object.values(archive.files)) {
      total += await unpackedSize(file, MAX_UNPACKED_BYTES - total);
      if (total > MAX_UNPACKED_BYTES) return undefined;
    }
  } catch {
    // No archive, or a broken one: whoever opens it says which file it was.
    return undefined;
  }
  return archive;
}

/** Counts what comes out, and stops at the bound: the sizes that an archive declares may be wrong. */
function unpackedSize(file: JSZip.JSZipObject, most: number): Promise<number> {
  return new Promise((done, fail) => {
    let size = 0;
    const stream = file.nodeStream();
    stream.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= most) return;
      stream.pause();
      done(size);
    });
    stream.on('end', () => done(size));
    stream.on('error', fail);
  });
}
