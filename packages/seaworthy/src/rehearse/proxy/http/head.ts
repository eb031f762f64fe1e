/** What the proxy wants to know of the head of a message. */
export interface Head {
  /** Of a request; else empty. */
  readonly method: string;
  /** Of a request, without its query; else empty. */
  readonly path: string;
  /** Of a response; else 0. */
  readonly status: number;
  /** HTTP/1.0 closes unless told otherwise. */
  readonly isOld: boolean;
  /** Of a response: every line of it is a field. */
  readonly isTidy: boolean;
  /**
   * By lower-case name, those that {@link names} lists. One that is repeated is a list (RFC 9110,
   * section 5.3).
   */
  readonly headers: ReadonlyMap<string, string>;
}

/** Framing, and who the request belongs to. */
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
];
const wanted = new RegExp(`\\r\\n(${names.join('|')}):[ \\t]*([^\\r\\n]*)`, 'gi');

const requestLine = /^(?:\r\n)*([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.([01])\r\n/;
const strangeLine = /\r\n(?![!#$%&'*+.^_`|~0-9A-Za-z-]+:|\r\n|$)/;
const statusLine = /^HTTP\/1\.([01]) (\d{3})[ \r]/;

/** Undefined for what is no head of a request of HTTP/1. */
export function readRequestHead(text: string): Head | undefined {
  const match = requestLine.exec(text);
  if (match === null) return undefined;
  const [line, method = '', target = '', minor] = match;
  const path = target.replace(/[?#].*$/s, '');
  const headers = headersOf(text, line.length);
  return { method, path, status: 0, isOld: minor === '0', isTidy: true, headers };
}

/** Undefined for what is no head of a response of HTTP/1. */
export function readResponseHead(text: string): Head | undefined {
  const match = statusLine.exec(text);
  if (match === null) return undefined;
  const [, minor, status] = match;
  const headers = headersOf(text, 0);
  const isTidy = !strangeLine.test(text);
  return { method: '', path: '', status: Number(status), isOld: minor === '0', isTidy, headers };
}

function headersOf(text: string, lineEnd: number): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  wanted.lastIndex = Math.max(0, lineEnd - 2);
  for (let match = wanted.exec(text); match !== null; match = wanted.exec(text)) {
    const name = match[1]!.toLowerCase();
    const value = match[2]!.trimEnd();
    const before = headers.get(name);
    headers.set(name, before === undefined || before === value ? value : `${before}, ${value}`);
  }
  return headers;
}
