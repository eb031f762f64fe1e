import type { Call } from './calls-within.ts';
import { callsWithin } from './calls-within.ts';
import type { Expression } from './expression.ts';
import { mapsOf, numbersOf } from './expression.ts';
import type { Seen } from './seen.ts';

/** A retry around a breaker, to which the refusal of the breaker is one more failure. */
export interface RetriedBreaker {
  readonly kind: 'retried-breaker';
  readonly offset: number;
  /** The packages that they are of. */
  readonly retry: string;
  readonly breaker: 'opossum' | 'cockatiel';
  /** Undefined: the code does not say it as a number. */
  readonly retries: { readonly value: number; readonly offset: number } | undefined;
}

/** Only where it is sure: what chooses among errors may leave out this one. */
export function retriedBreaker(seen: Seen): RetriedBreaker | undefined {
  const found = seen.imports(seen.call.callee);
  if (found?.module === 'cockatiel' && found.name === 'wrap') return ofCockatiel(seen);
  const isRetry = found?.name === 'default' && /^(p-retry|async-retry)$/.test(found.module);
  return isRetry ? ofFunction(seen, found.module) : undefined;
}

/** `wrap(retry(handleAll, { maxAttempts: 3 }), circuitBreaker(...))`, outermost first. */
function ofCockatiel(seen: Seen): RetriedBreaker | undefined {
  const policies = seen.call.values.map((value) => madeBy(value, seen));
  const named = policies.map((it) => it && seen.imports(it.callee)?.name);
  const retry = policies[named.indexOf('retry')];
  const [handles] = retry?.values ?? [];
  if (retry === undefined || named.lastIndexOf('circuitBreaker') < named.indexOf('retry')) {
    return undefined;
  }
  if (handles?.kind !== 'name' || seen.imports(handles.name)?.name !== 'handleAll')
    return undefined;
  return around(seen, 'cockatiel', 'cockatiel', retry.values[1], 'maxAttempts');
}

/** What a retry can be told about errors. */
const choosing = ['shouldRetry', 'shouldConsumeRetry', 'onFailedAttempt', 'onRetry', '...'];
/** Signs that the function knows what the breaker says. */
const knowing = /AbortError|\bbail\b|\.opened\b|isOpen|EOPENBREAKER|BrokenCircuit|\bcatch\b/;

/** `pRetry(() => breaker.fire())` */
function ofFunction(seen: Seen, retry: string): RetriedBreaker | undefined {
  const { node, call, reader, meaning } = seen;
  const [run, given] = call.values;
  const options = given === undefined ? [] : mapsOf(given, meaning);
  if (run?.kind !== 'function' || (given !== undefined && options.length !== 1)) return undefined;
  const chooses = choosing.some((name) => options[0]?.has(name) === true);
  if (chooses || knowing.test(reader.read(node))) return undefined;
  const breaker = callsWithin(node, reader)
    .map(({ call: inner }) => breakerOf(inner, seen))
    .find((it) => it !== undefined);
  return breaker === undefined ? undefined : around(seen, retry, breaker, given, 'retries');
}

/** The package of the breaker that a call goes through, where it has no fallback. */
function breakerOf({ callee, receiver }: Call, seen: Seen): RetriedBreaker['breaker'] | undefined {
  if (receiver?.kind !== 'name' || !/\.(fire|execute)$/.test(callee)) return undefined;
  const made = madeBy(receiver, seen);
  const imported = made && seen.imports(made.callee);
  if (imported?.module === 'cockatiel' && imported.name === 'circuitBreaker') return 'cockatiel';
  const hasFallback = new RegExp(String.raw`\b${receiver.name}\.fallback\(`);
  return imported?.module === 'opossum' && !hasFallback.test(wholeText(seen))
    ? 'opossum'
    : undefined;
}

function wholeText({ node, reader }: Seen): string {
  let top = node;
  while (top.parent !== null) top = top.parent;
  return reader.read(top);
}

/** The one call that an expression stands for. */
function madeBy(value: Expression, { meaning }: Seen): Call | undefined {
  const known = value.kind === 'name' ? meaning(value.name, value.offset) : [value];
  const [only] = known;
  return known.length === 1 && only?.kind === 'call' ? only : undefined;
}

function around(
  { node, meaning }: Seen,
  retry: string,
  breaker: RetriedBreaker['breaker'],
  options: Expression | undefined,
  option: string,
): RetriedBreaker | undefined {
  const value = options && mapsOf(options, meaning)[0]?.get(option);
  const retries = value && numbersOf(value, meaning)[0];
  if (retries?.value === 0) return undefined;
  return { kind: 'retried-breaker', offset: node.from, retry, breaker, retries };
}
