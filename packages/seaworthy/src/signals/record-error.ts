/** A record that cannot be read or written. The message is for users: which file, what, why. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** A value as an error message shows it: short, whatever it is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}

/** Enough to recognise it. */
const SHOWN_MAX = 40;
