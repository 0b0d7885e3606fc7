/** Limits of the functions that fill forms. */
export const FORM_LIMITS = {
  // A run ends itself after 4 minutes. With two at a time on one target, the second waits for the first.
  attemptMs: 10 * 60_000,
  // The form runner beats every 10 s, also while a slow page keeps it waiting. So silence means that the worker is gone,
  // and another one takes over after half a minute, not when an accountant has begun to wonder.
  heartbeatMs: 30_000,
  attempts: 6,
};
