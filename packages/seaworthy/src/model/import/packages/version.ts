/** `8.23.0` as numbers; a pre-release counts as its release. Undefined: no exact version. */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

/** Whether a version is at least `from`, and below `below` where there is one. */
export function isWithin(text: string, from: string, below: string | undefined): boolean {
  const version = parseVersion(text);
  if (version === undefined) return false;
  return (
    compare(version, parseVersion(from)!) >= 0 &&
    (below === undefined || compare(version, parseVersion(below)!) < 0)
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!;
}
