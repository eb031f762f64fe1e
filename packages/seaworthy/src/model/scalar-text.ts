/** Texts that YAML reads as the text they are, also within brackets. */
const plainText = /^[A-Za-z0-9][\w .%/<>=-]*$/;
const otherKinds = /^(true|false|null|[\d.]+(e\d+)?|0x[\da-f]+|0o[0-7]+)$/i;

/** A single value as one would write it: in quotes where YAML would read something else. */
export function scalarText(value: unknown, text: string): string {
  if (typeof value !== 'string') return text;
  const isPlain = plainText.test(value) && !otherKinds.test(value) && value.trim() === value;
  return isPlain ? value : JSON.stringify(value);
}
