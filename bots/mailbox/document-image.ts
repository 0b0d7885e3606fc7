import sharp from 'sharp';
import { DOCUMENT_IMAGE_MAX_RATIO, DOCUMENT_IMAGE_MIN_SIDE } from './limits.ts';

/**
 * True when a picture embedded in a mail's text may be a photographed or scanned paper: large enough to be read and
 * shaped like a page. Logos, signatures, icons and tracking pixels are not.
 */
export async function looksLikeDocument(bytes: Uint8Array): Promise<boolean> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const [short, long] = width < height ? [width, height] : [height, width];
    return short >= DOCUMENT_IMAGE_MIN_SIDE && long / short <= DOCUMENT_IMAGE_MAX_RATIO;
  } catch {
    // Not an image that can be measured (a broken or an unknown format): a person may still want it.
    return true;
  }
}
