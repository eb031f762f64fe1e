/** `800ms`, `2s` as the file writes them. */
export function durationText(ms: number): string {
  if (ms >= 1000 && ms % 1000 === 0) return `${ms / 1000}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

/** `10%` */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}

/** A name as the file allows it: a letter, then letters, digits, `-`, `_` or `.`. */
export function nameText(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-').slice(0, 60);
  return /^[A-Za-z]/.test(plain) ? plain : `n-${plain}`;
}
