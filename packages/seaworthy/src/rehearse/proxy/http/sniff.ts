import { METHODS } from 'node:http';

const starts = METHODS.map((method) => `${method} `);

/** Longer than all methods. */
const prefixBytes = 16;

/**
 * Whether what a client sends first may be HTTP/1. As few bytes as the beginning of a method are:
 * the framer will find out. TLS begins with 0x16, HTTP/2 with `PRI`.
 */
export function looksLikeHttp(chunk: Buffer): boolean {
  const text = chunk.toString('latin1', 0, prefixBytes);
  return starts.some((start) => text.startsWith(start) || start.startsWith(text));
}
