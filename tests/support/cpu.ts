/**
 * Milliseconds of processor time that the work takes in this process. A bound on them holds on a busy machine too, where
 * the clock on the wall goes on while others work.
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
