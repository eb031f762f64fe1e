import type { PolicyLayer } from '../../../model/import/landscape.ts';

/**
 * Conditions under which the callee has certainly not begun to work on it, by the names of Envoy,
 * Istio, Node.js and the model file.
 */
const neverBegun: ReadonlySet<string> = new Set([
  'connect-failure',
  'refused-stream',
  'reset-before-request',
  'unreachable',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Conditions under which it may have been done already. */
export function unsafeConditions({ retryOn }: PolicyLayer): readonly string[] {
  return retryOn?.value.filter((condition) => !neverBegun.has(condition)) ?? [];
}

/** What a second attempt meets as well: the request itself is wrong, or refused for good. */
const lasting: ReadonlySet<string> = new Set([
  '400',
  '401',
  '403',
  '404',
  '405',
  '409',
  '413',
  '422',
  '501',
  'retriable-4xx',
]);

export function lastingConditions({ retryOn }: PolicyLayer): readonly string[] {
  return retryOn?.value.filter((condition) => lasting.has(condition)) ?? [];
}

/** By which an overloaded callee says that it wants less. */
const shedding: ReadonlySet<string> = new Set([
  '429',
  '503',
  '5xx',
  'gateway-error',
  'retriable-status-codes',
  'resource-exhausted',
  'unavailable',
  'overloaded',
]);

export function sheddingConditions({ retryOn }: PolicyLayer): readonly string[] {
  return retryOn?.value.filter((condition) => shedding.has(condition)) ?? [];
}

const writing = /^(POST|PATCH)$/i;

/** POST and PATCH among the methods that are retried, where these are named. */
export function retriedWrites({ retryMethods }: PolicyLayer): readonly string[] {
  return retryMethods?.value.filter((method) => writing.test(method)) ?? [];
}
