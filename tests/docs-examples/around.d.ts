// What the examples of the docs are about, and do not say.
declare const policy: typeof import('seaworthy/policy').policy;
declare const payments: import('@seaworthy/policy').Policy;
declare const orders: import('@seaworthy/policy').Policy;
declare const metrics: import('@seaworthy/policy/prometheus').PrometheusMetrics;
declare function task<T>(
  options: import('@seaworthy/policy').TaskOptions,
  work: (task: import('@seaworthy/policy').Task) => T,
): T;

interface Quote {
  readonly price: number;
}
declare const url: string;
declare function cachedQuote(): Promise<Quote>;
declare function send(): Promise<Response>;
declare function store(): Promise<void>;
declare function readPrice(): Promise<Quote>;
declare function readArchive(signal: AbortSignal): Promise<Quote>;

declare const log: { warn(fields: object, message: string): void };
declare const slowest: { add(milliseconds: number): void };
declare const expect: typeof import('vitest').expect;
declare const readFile: typeof import('node:fs/promises').readFile;
declare const writeFile: typeof import('node:fs/promises').writeFile;
