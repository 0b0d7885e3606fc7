/** True for the code points that a place of a pattern takes. */
export type CharacterTest = (point: number) => boolean;

/** What must hold at a place without taking a character. */
export type Anchor = 'text-start' | 'text-end' | 'last-line-end' | 'line-start' | 'line-end' | 'word' | 'not-word';

/** A pattern as parsed. Groups are numbered from 1; what `(?:…)` holds is the node itself. */
export type Pattern =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly items: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly item: Pattern;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    }
  | { readonly kind: 'group'; readonly item: Pattern; readonly index: number }
  | { readonly kind: 'look'; readonly item: Pattern; readonly behind: boolean; readonly negative: boolean };

/** Options that hold from a place in the pattern on. */
export interface Modes {
  readonly ignoreCase: boolean;
  /** Spaces and `#` comments in the pattern do not count. */
  readonly extended: boolean;
  /** `.` takes newlines too. */
  readonly dotAll: boolean;
  /** `^` and `$` hold at every line. */
  readonly lines: boolean;
}

/** A parsed pattern with the names of its groups: `names[i]` belongs to group i + 1, null where it has none. */
export interface ParsedPattern {
  readonly pattern: Pattern;
  readonly names: readonly (string | null)[];
}
