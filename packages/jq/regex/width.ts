import { regexFailure } from './failure.ts';
import type { Pattern } from './syntax.ts';

/** How many characters a pattern takes, at least and at most. */
export interface Width {
  readonly least: number;
  readonly most: number;
}

/** What a look-behind may look back over; it is tried from each start within. */
const MAX_BEHIND = 255;

/** The width of a look-behind; raises where it has no limit, as Oniguruma does. */
export function widthOf(pattern: Pattern): Width {
  const width = measure(pattern);
  if (width.most > MAX_BEHIND) throw regexFailure('invalid pattern in look-behind');
  return width;
}

function measure(pattern: Pattern): Width {
  switch (pattern.kind) {
    case 'character':
      return { least: 1, most: 1 };
    case 'sequence':
      return pattern.items.map(measure).reduce(add, { least: 0, most: 0 });
    case 'choice': {
      const widths = pattern.items.map(measure);
      return { least: Math.min(...widths.map((w) => w.least)), most: Math.max(...widths.map((w) => w.most)) };
    }
    case 'repeat': {
      const { least, most } = measure(pattern.item);
      return { least: least * pattern.least, most: most === 0 ? 0 : most * pattern.most };
    }
    case 'group':
      return measure(pattern.item);
    default:
      return { least: 0, most: 0 };
  }
}

function add(a: Width, b: Width): Width {
  return { least: a.least + b.least, most: a.most + b.most };
}
