/** For an option that may be given often. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
