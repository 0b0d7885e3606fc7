/** One definition is read by people and kept in every run's history: 1 MiB is a hundred times a long one. */
export const MAX_DEFINITION_BYTES = 1024 * 1024;
/** Nesting of a real definition stays under 30; the parser and the checks recurse once per level. */
export const MAX_DEPTH = 100;
/** Values in one definition after aliases are followed: what an alias bomb would multiply. */
export const MAX_NODES = 50_000;
/** A file with more findings than this is another kind of file; the rest would only scroll. */
export const MAX_FINDINGS = 200;
