import type { Grey, TextLine } from './lines.ts';

/** Height of the strips that the recogniser was trained on. */
export const STRIP_HEIGHT = 48;
/** Narrower strips were not trained on; wider ones cost memory: a line across the page has some 1,600 pixels. */
const STRIP_WIDTH = { least: 32, most: 3200 };

/** One line cut out of the page, straightened and scaled to the recogniser's height; values of -1 to 1. */
export type Strip = { data: Float32Array; width: number; line: TextLine };

/** Cuts out a line along its slope. */
export function stripOf(page: Grey, line: TextLine): Strip {
  const scale = line.height / STRIP_HEIGHT;
  const width = Math.min(STRIP_WIDTH.most, Math.max(STRIP_WIDTH.least, Math.round(line.width / scale)));
  const data = new Float32Array(width * STRIP_HEIGHT);
  const across = line.width / width;
  for (let column = 0; column < width; column += 1) {
    const x = line.x + (column + 0.5) * across - 0.5;
    const top = line.y + line.slope * (x - line.x - line.width / 2);
    for (let row = 0; row < STRIP_HEIGHT; row += 1) {
      data[row * width + column] = sample(page, x, top + (row + 0.5) * scale - 0.5) / 127.5 - 1;
    }
  }
  return { data, width, line };
}

/** The grey between four pixels; beyond the edge goes on what lies at it. */
function sample({ data, width, height }: Grey, x: number, y: number): number {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const [dx, dy] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const above = (data[top * width + left] ?? 0) * (1 - dx) + (data[top * width + right] ?? 0) * dx;
  const below = (data[bottom * width + left] ?? 0) * (1 - dx) + (data[bottom * width + right] ?? 0) * dx;
  return above * (1 - dy) + below * dy;
}
