import type { Origin } from '../landscape.ts';

/** `800ms`, `2s` as the file writes them. */
export function durationText(ms: number): string {
  if (ms >= 1000 && ms % 1000 === 0) return `${ms / 1000}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

/** `10%` */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}

/** Where a value comes from, as a comment. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'default':
      return `default of ${origin.of}`;
    case 'trace':
      return `${origin.file}, ${origin.spans} ${origin.spans === 1 ? 'span' : 'spans'}`;
    case 'guess':
      return `guess: ${origin.why}`;
  }
}

/** A name as the file allows it: a letter, then letters, digits, `-`, `_` or `.`. */
export function nameText(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '-').slice(0, 60);
  return /^[A-Za-z]/.test(plain) ? plain : `n-${plain}`;
}
