/**
 * One number that a service publishes of one of its policies. Names are those of the library
 * without what their format adds (`seaworthy_retries_total` and `seaworthy.retries` are `retries`),
 * counters count from the start of the process, buckets have `le` in seconds and are cumulative.
 */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What of a page or a message is about policies: the rest is left alone. */
export const prefix = /^seaworthy[._]/;

/** The same number at another time has the same key. */
export function keyOf({ name, labels }: Series): string {
  const parts = Object.keys(labels)
    .toSorted()
    .map((label) => `${label}=${labels[label]}`);
  return [name, ...parts].join('\n');
}
