import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const page = await readFile(join(ROOT, 'docs/conformance.md'), 'utf8');
/** Rows of the page: what is demanded, the file of the test, and its title there. */
const rows = [...page.matchAll(/^\| [^|]+ \| ([^|]+) \| `([^`]+)`: ([^|]+) \|$/gm)].map(
  ([, demanded = '', file = '', title = '']) => ({ demanded, file, title }),
);

describe('docs/conformance.md', () => {
  it('should have a test in every row', () => {
    const bodies = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| section'));
    expect(rows).toHaveLength(bodies.length);
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('should name a test that is there: $title', async ({ file, title }) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    const titles = file.endsWith('.feature') ? [`Scenario: ${title}\n`] : [`'${title}'`, `"${title}"`];
    expect(titles.some((written) => text.includes(written))).toBe(true);
  });
});
