/**
 * Why an answer of this status is no success; undefined: it is one. The words are those of
 * `reasonNames`.
 */
export function reasonOfStatus(status: number): 'overloaded' | 'error' | undefined {
  if (status === 429 || status === 503) return 'overloaded';
  return status >= 500 ? 'error' : undefined;
}
