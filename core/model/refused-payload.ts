/** What a workflow gets in place of a payload that was not sealed by this installation. */
export const REFUSED_PAYLOAD = { 'zaplecze:refused': 'a payload in clear' } as const;

/** True for what stands in place of such a payload. */
export function isRefusedPayload(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(REFUSED_PAYLOAD).every((key) => key in value);
}
