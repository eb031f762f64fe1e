/** Those that the proxy wants to know: framing, and who a request belongs to. */
const names = [
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'expect',
  'traceparent',
  'baggage',
  'x-request-id',
  'idempotency-key',
] as const;
type Name = (typeof names)[number];

/** Of one head, by lower-case name. One that is repeated is a list (RFC 9110, section 5.3). */
export type Fields = { readonly [name in Name]?: string } & {
  /** Every line is a field. */
  readonly isTidy: boolean;
};

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
export const SPACE = 0x20;
const COLON = 0x3a;
/** What upper-case letters lack; digits and `-` have it. */
const LOWER_CASE = 0x20;

/** RFC 9110, section 5.6.2: what methods and the names of fields are made of. */
const isToken = Array.from({ length: 256 }, (_, byte) =>
  /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(byte)),
);

const byLength: { readonly name: Name; readonly bytes: Buffer }[][] = [];
for (const name of names) (byLength[name.length] ??= []).push({ name, bytes: Buffer.from(name) });

/** Where the token that begins at `at` ends. */
export function endOfToken(bytes: Buffer, at: number): number {
  let end = at;
  while (isToken[bytes[end]!] === true) end++;
  return end;
}

/** Whether a line ends here. */
export function isLineEnd(bytes: Buffer, at: number): boolean {
  return bytes[at] === CR && bytes[at + 1] === LF;
}

/**
 * The fields from `from` to the empty line. They are read as bytes, and only what is wanted becomes
 * a string: all garbage brings the next collection nearer, which is a pause for some request.
 */
export function readFields(bytes: Buffer, from: number): Fields {
  const fields: { [name in Name]?: string } & { isTidy: boolean } = { isTidy: true };
  for (let at = from; !isLineEnd(bytes, at);) {
    const nameEnd = endOfToken(bytes, at);
    let end = nameEnd;
    while (!isLineEnd(bytes, end)) end++;
    if (nameEnd === at || bytes[nameEnd] !== COLON) fields.isTidy = false;
    else {
      const name = nameAt(bytes, at, nameEnd);
      if (name !== undefined) {
        const value = valueOf(bytes, nameEnd + 1, end);
        const before = fields[name];
        fields[name] = before === undefined || before === value ? value : `${before}, ${value}`;
      }
    }
    at = end + 2;
  }
  return fields;
}

function nameAt(bytes: Buffer, at: number, end: number): Name | undefined {
  for (const wanted of byLength[end - at] ?? []) {
    let same = 0;
    while (at + same < end && (bytes[at + same]! | LOWER_CASE) === wanted.bytes[same]) same++;
    if (at + same === end) return wanted.name;
  }
  return undefined;
}

function valueOf(bytes: Buffer, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start]!)) start++;
  while (end > start && isBlank(bytes[end - 1]!)) end--;
  return bytes.toString('latin1', start, end);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
