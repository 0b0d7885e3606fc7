/** Whether two mail addresses mean the same mailbox: compared without case, as mail systems do in practice. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
