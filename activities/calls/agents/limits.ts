/** Agents and their tools think for minutes, not hours; the activity's own limit is a little longer. */
export const LONGEST_MS = 10 * 60_000;
