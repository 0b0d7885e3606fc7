import { describe, expect, it } from 'vitest';
import { linesOn, type TextMap } from './lines.ts';

/** A map with bars: from x and y, so wide and high, each column lower by `slope`. */
function mapWith(bars: readonly { x: number; y: number; width: number; height: number; slope?: number }[]): TextMap {
  const [width, height] = [200, 100];
  const data = new Float32Array(width * height);
  for (const bar of bars) {
    for (let column = 0; column < bar.width; column += 1) {
      const top = Math.round(bar.y + column * (bar.slope ?? 0));
      for (let row = 0; row < bar.height; row += 1) data[(top + row) * width + bar.x + column] = 0.9;
    }
  }
  return { data, width, height };
}

describe('lines of a text map', () => {
  it('should be wider and higher than their cores, in pixels of the page', () => {
    const [line, ...others] = linesOn(mapWith([{ x: 20, y: 40, width: 100, height: 6 }]), { x: 2, y: 2 });
    expect(others).toEqual([]);
    // Margin: area by girth times 1.6, here 100 · 6 · 1.6 / 212 = 4.53 pixels of the map on each side.
    expect(line?.x).toBeCloseTo(2 * (20 - 4.53), 0);
    expect(line?.y).toBeCloseTo(2 * (40 - 4.53), 0);
    expect(line?.width).toBeCloseTo(2 * (100 + 9.06), 0);
    expect(line?.height).toBeCloseTo(2 * (6 + 9.06), 0);
    expect(line?.slope).toBeCloseTo(0, 5);
  });

  it('should follow the slope of a long line and keep its height', () => {
    const [line] = linesOn(mapWith([{ x: 10, y: 30, width: 150, height: 6, slope: 0.1 }]), { x: 1, y: 1 });
    expect(line?.slope).toBeCloseTo(0.1, 2);
    expect(line?.height).toBeCloseTo(6 + (150 * 6 * 1.6) / 156, 0);
  });

  it('should tell two lines apart and leave out dust and what is faint', () => {
    const map = mapWith([
      { x: 10, y: 10, width: 60, height: 5 },
      { x: 90, y: 10, width: 60, height: 5 },
      { x: 10, y: 60, width: 2, height: 2 },
    ]);
    for (let x = 100; x < 160; x += 1) for (let y = 70; y < 75; y += 1) map.data[y * map.width + x] = 0.4;
    expect(linesOn(map, { x: 1, y: 1 })).toHaveLength(2);
  });
});
