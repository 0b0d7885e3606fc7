/** Index of the option that the text means; undefined where none or more than one could be meant. */
export function optionIndex(options: readonly { value: string; label: string }[], text: string): number | undefined {
  const wanted = text.trim();
  const startsWithCode = (candidate: string): boolean =>
    candidate.startsWith(wanted) && wanted !== '' && !/[\p{L}\p{N}]/u.test(candidate.charAt(wanted.length));
  const tests: ((option: { value: string; label: string }) => boolean)[] = [
    ({ label, value }) => label === wanted || value.trim() === wanted,
    ({ label, value }) => startsWithCode(label) || startsWithCode(value.trim()),
  ];
  for (const test of tests) {
    const indexes = options.flatMap((option, index) => (test(option) ? [index] : []));
    if (indexes.length === 1) return indexes[0];
    if (indexes.length > 1) return undefined;
  }
  return undefined;
}
