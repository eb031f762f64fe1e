import { endOfToken, type Fields, isLineEnd, readFields, SPACE } from './fields.ts';

/** What the proxy wants to know of the head of a message. */
export interface Head {
  /** Of a request, without its query, such as `GET /orders/7`; else empty. */
  readonly methodAndPath: string;
  /** Of a response; else 0. */
  readonly status: number;
  /** HTTP/1.0 closes unless told otherwise. */
  readonly isOld: boolean;
  readonly fields: Fields;
}

const DELETE = 0x7f;
const DIGIT_0 = 0x30;
const QUERY = 0x3f;
const FRAGMENT = 0x23;

const version = Buffer.from('HTTP/1.');
const versionBytes = 'HTTP/1.1'.length;
const statusDigits = 3;

/**
 * Of the bytes from `from` to `to`, which end with the first empty line; undefined: they are no
 * head of a request of HTTP/1.
 */
export function readRequestHead(bytes: Buffer, from: number, to: number): Head | undefined {
  let start = from;
  while (start < to && isLineEnd(bytes, start)) start += 2;
  if (start === to) return undefined;
  const methodEnd = endOfToken(bytes, start);
  if (methodEnd === start || bytes[methodEnd] !== SPACE) return undefined;
  const pathEnd = endOfPath(bytes, methodEnd + 1);
  let targetEnd = pathEnd;
  while (isVisible(bytes[targetEnd]!)) targetEnd++;
  if (targetEnd === methodEnd + 1 || bytes[targetEnd] !== SPACE) return undefined;
  const lineEnd = targetEnd + 1 + versionBytes;
  const minor = minorVersion(bytes, targetEnd + 1);
  if (minor === undefined || !isLineEnd(bytes, lineEnd)) return undefined;
  return {
    methodAndPath: bytes.toString('latin1', start, pathEnd),
    status: 0,
    isOld: minor === 0,
    fields: readFields(bytes, lineEnd + 2),
  };
}

/** The same of a response, which has an empty line somewhere after `from`. */
export function readResponseHead(bytes: Buffer, from: number): Head | undefined {
  const minor = minorVersion(bytes, from);
  const statusAt = from + versionBytes + 1;
  if (minor === undefined || bytes[statusAt - 1] !== SPACE) return undefined;
  const status = readStatus(bytes, statusAt);
  if (status === undefined) return undefined;
  let lineEnd = statusAt + statusDigits;
  if (bytes[lineEnd] !== SPACE && !isLineEnd(bytes, lineEnd)) return undefined;
  while (!isLineEnd(bytes, lineEnd)) lineEnd++;
  return { methodAndPath: '', status, isOld: minor === 0, fields: readFields(bytes, lineEnd + 2) };
}

/** Of HTTP/1; undefined: something else is there. */
function minorVersion(bytes: Buffer, at: number): 0 | 1 | undefined {
  for (let index = 0; index < version.length; index++) {
    if (bytes[at + index] !== version[index]) return undefined;
  }
  const digit = bytes[at + version.length]! - DIGIT_0;
  return digit === 0 || digit === 1 ? digit : undefined;
}

function readStatus(bytes: Buffer, at: number): number | undefined {
  let status = 0;
  for (let index = 0; index < statusDigits; index++) {
    const digit = bytes[at + index]! - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    status = status * 10 + digit;
  }
  return status;
}

function endOfPath(bytes: Buffer, at: number): number {
  let end = at;
  while (isVisible(bytes[end]!) && bytes[end] !== QUERY && bytes[end] !== FRAGMENT) end++;
  return end;
}

function isVisible(byte: number): boolean {
  return byte > SPACE && byte !== DELETE;
}
