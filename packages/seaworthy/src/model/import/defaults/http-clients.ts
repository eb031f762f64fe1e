import type { LibraryDefault } from './library.ts';

/** Clients for HTTP and gRPC. */
export const httpClients: readonly LibraryDefault[] = [
  {
    package: 'axios',
    from: '0.1.0',
    source: 'https://axios-http.com/docs/req_config',
    speaks: 'http',
    call: { timeoutMs: Infinity, attempts: 1 },
  },
  {
    package: 'got',
    from: '12.0.0',
    source: 'https://github.com/sindresorhus/got/blob/main/documentation/7-retry.md',
    speaks: 'http',
    call: {
      timeoutMs: Infinity,
      attempts: 3,
      backoff: { baseMs: 1000, capMs: Infinity, factor: 2, jitterShare: 0.1 },
      retryOn: ['408', '413', '429', '500', '502', '503', '504', '521', '522', '524'],
      retryMethods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'],
      honoursRetryAfter: true,
    },
  },
  {
    package: 'node-fetch',
    from: '2.0.0',
    source: 'https://github.com/node-fetch/node-fetch#options',
    speaks: 'http',
    call: { timeoutMs: Infinity, attempts: 1 },
  },
  {
    package: 'undici',
    from: '5.0.0',
    source: 'https://undici.nodejs.org/#/docs/api/Client',
    speaks: 'http',
    // Headers and body have 300 s each.
    call: { timeoutMs: 600_000, tryTimeoutMs: 600_000, connectTimeoutMs: 10_000, attempts: 1 },
  },
  {
    package: 'ky',
    from: '1.0.0',
    source: 'https://github.com/sindresorhus/ky#retry',
    speaks: 'http',
    call: {
      timeoutMs: 10_000,
      attempts: 3,
      backoff: { baseMs: 300, capMs: Infinity, factor: 2, jitterShare: 0 },
      retryOn: ['408', '413', '429', '500', '502', '503', '504'],
      retryMethods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'],
      honoursRetryAfter: true,
    },
  },
  {
    package: 'superagent',
    from: '7.0.0',
    source: 'https://ladjs.github.io/superagent/#timeouts',
    speaks: 'http',
    call: { timeoutMs: Infinity, attempts: 1 },
  },
  {
    package: '@grpc/grpc-js',
    from: '1.0.0',
    source: 'https://grpc.io/docs/guides/deadlines/',
    speaks: 'grpc',
    call: { timeoutMs: Infinity, attempts: 1 },
  },
];

/** Clients of the services of a cloud. */
export const cloudClients: readonly LibraryDefault[] = [
  {
    package: '@aws-sdk/client-*',
    from: '3.0.0',
    source: 'https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md',
    speaks: 'aws',
    call: {
      timeoutMs: Infinity,
      tryTimeoutMs: Infinity,
      connectTimeoutMs: Infinity,
      attempts: 3,
      backoff: { baseMs: 100, capMs: 20_000, factor: 2, jitterShare: 1 },
      // A retry costs 5 tokens of 500, and a success gives one back.
      budget: { share: 0.2 },
      connectionsMax: 50,
      honoursRetryAfter: true,
    },
  },
];

/** Libraries that are put around calls of any kind. */
export const wrappers: readonly LibraryDefault[] = [
  {
    package: 'p-retry',
    from: '4.0.0',
    source: 'https://github.com/sindresorhus/p-retry#options',
    speaks: 'http',
    call: {
      attempts: 11,
      backoff: { baseMs: 1000, capMs: Infinity, factor: 2, jitterShare: 0 },
    },
  },
  {
    package: 'axios-retry',
    from: '3.0.0',
    source: 'https://github.com/softonic/axios-retry#options',
    speaks: 'http',
    call: {
      attempts: 4,
      backoff: { baseMs: 0, capMs: 0, factor: 1, jitterShare: 0 },
      retryOn: ['network error', '5xx'],
      retryMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'],
    },
  },
  {
    package: 'opossum',
    from: '6.0.0',
    source: 'https://nodeshift.dev/opossum/#circuitbreaker',
    speaks: 'http',
    call: {
      breaker: {
        failureShare: 0.5,
        volume: 0,
        windowMs: 10_000,
        openMs: 30_000,
        timeoutMs: 10_000,
      },
    },
  },
];
