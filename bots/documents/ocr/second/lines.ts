/** A grey picture, a byte for each pixel. */
export type Grey = { data: Uint8Array; width: number; height: number };

/** What the detector says of each pixel: how likely it belongs to the core of a line of text, 0 to 1. */
export type TextMap = { data: Float32Array; width: number; height: number };

/** One line of text in pixels of the page: its box at its middle, and by how much it rises or falls from left to right. */
export type TextLine = { x: number; y: number; width: number; height: number; slope: number };

/** The detector's own thresholds: of a pixel, and of the mean over a line. */
const PIXEL = 0.3;
const LINE = 0.5;
/** The detector marks a shrunken core of each line; this ratio of area to girth gives its margin back. */
const UNCLIP = 1.6;
/** Cores of fewer pixels in height or of a smaller area are dust. */
const LEAST = { height: 3, area: 12 };
/** Below this many times its height a line's slope cannot be told. */
const LONG = 4;
/** A page of dense small print has some 300 lines with its cells told apart. */
const MOST_LINES = 1500;

/** Finds the lines that a map of text shows; `scale` is how many pixels of the page one of the map's stands for. */
export function linesOn(map: TextMap, scale: { x: number; y: number }): TextLine[] {
  const seen = new Uint8Array(map.data.length);
  const lines: TextLine[] = [];
  for (let start = 0; start < map.data.length && lines.length < MOST_LINES; start += 1) {
    if (seen[start] || (map.data[start] ?? 0) <= PIXEL) continue;
    const line = lineOf(blobAt(map, start, seen), map.width);
    if (line) lines.push(scaled(line, scale));
  }
  return lines;
}

type Blob = { pixels: number[]; sum: number };

/** The connected pixels around one, each marked as seen. */
function blobAt(map: TextMap, start: number, seen: Uint8Array): Blob {
  const { data, width } = map;
  const pixels = [start];
  let sum = 0;
  seen[start] = 1;
  // The list grows while it is walked: a flood fill without recursion.
  for (let next = 0; next < pixels.length; next += 1) {
    const at = pixels[next] ?? 0;
    sum += data[at] ?? 0;
    const x = at % width;
    for (const other of [at - width, at + width, x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1]) {
      if (other < 0 || other >= data.length || seen[other] || (data[other] ?? 0) <= PIXEL) continue;
      seen[other] = 1;
      pixels.push(other);
    }
  }
  return { pixels, sum };
}

/** A blob as a line: a straight line through its pixels gives middle and slope, its area the height. */
function lineOf({ pixels, sum }: Blob, mapWidth: number): TextLine | undefined {
  if (pixels.length < LEAST.area || sum / pixels.length < LINE) return undefined;
  let [left, right, sumX, sumY, sumXX, sumXY] = [Infinity, -Infinity, 0, 0, 0, 0];
  for (const at of pixels) {
    const x = at % mapWidth;
    const y = Math.floor(at / mapWidth);
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const count = pixels.length;
  const width = right - left;
  const height = count / width;
  if (height < LEAST.height) return undefined;
  const spread = sumXX - (sumX * sumX) / count;
  const slope = width > LONG * height && spread > 0 ? (sumXY - (sumX * sumY) / count) / spread : 0;
  const margin = (width * height * UNCLIP) / (2 * (width + height));
  const middle = sumY / count + 0.5 + slope * ((left + right) / 2 - sumX / count - 0.5);
  return {
    x: left - margin,
    y: middle - height / 2 - margin,
    width: width + 2 * margin,
    height: height + 2 * margin,
    slope,
  };
}

function scaled({ x, y, width, height, slope }: TextLine, scale: { x: number; y: number }): TextLine {
  return {
    x: x * scale.x,
    y: y * scale.y,
    width: width * scale.x,
    height: height * scale.y,
    slope: (slope * scale.y) / scale.x,
  };
}
