import type { Backoff, CallEdge, Origin, PolicyLayer, Pool } from '../landscape.ts';
import { durationText, shareText } from './words.ts';
import { originText } from '../landscape/origin-text.ts';

/** A line of a policy, and where its value comes from. */
export interface PolicyLine {
  readonly text: string;
  readonly from: string;
}

/** The file takes no more attempts of one call. */
const mostAttempts = 100;

/** What all layers of an edge do together, as one policy. */
export function policyLines(edge: CallEdge, pool: Pool | undefined): readonly PolicyLine[] {
  const { layers } = edge;
  const retrying = layers.filter((it) => (it.attempts?.value ?? 1) > 1);
  return [
    ...timeLines(layers, retrying),
    ...retryLines(retrying),
    ...breakerLines(layers),
    ...(pool === undefined ? limitLines(layers) : poolLines(pool)),
  ];
}

/** A time that bounds something, and who says so. */
interface Bound {
  readonly ms: number;
  readonly from: string;
}

const never: Bound = { ms: Infinity, from: '' };

function timeLines(
  layers: readonly PolicyLayer[],
  retrying: readonly PolicyLayer[],
): readonly PolicyLine[] {
  const innermost = layers.indexOf(retrying.at(-1)!);
  let deadline = boundOf(layers[0]?.timeoutMs);
  let attempt = never;
  let outerAttempts = 1;
  for (const [index, layer] of layers.entries()) {
    // All that an inner layer does is one attempt of the outer one.
    if (index === innermost && outerAttempts > 1) {
      const ms = attempt.ms * outerAttempts;
      deadline = least(deadline, { ms, from: `${outerAttempts} x ${attempt.from}` });
    }
    attempt = least(attempt, index === 0 ? never : boundOf(layer.timeoutMs));
    attempt = least(attempt, boundOf(layer.tryTimeoutMs));
    outerAttempts *= layer.attempts?.value ?? 1;
  }
  const isNeeded = deadline.ms < attempt.ms || retrying.length > 0;
  return [
    ...(isNeeded ? lineOf('deadline', deadline) : []),
    ...(attempt.ms <= deadline.ms ? lineOf('timeout', attempt) : []),
  ];
}

function boundOf(setting: { value: number; origin: Origin } | undefined): Bound {
  if (setting === undefined || setting.value <= 0) return never;
  return { ms: setting.value, from: originText(setting.origin) };
}

function least(a: Bound, b: Bound): Bound {
  return b.ms < a.ms ? b : a;
}

function lineOf(key: string, { ms, from }: Bound): readonly PolicyLine[] {
  return Number.isFinite(ms) ? [{ text: `${key}: ${durationText(ms)}`, from }] : [];
}

function retryLines(retrying: readonly PolicyLayer[]): readonly PolicyLine[] {
  const [first] = retrying;
  if (first === undefined) return [];
  const product = retrying.reduce((attempts, it) => attempts * it.attempts!.value, 1);
  const parts = [`attempts: ${Math.min(product, mostAttempts)}`];
  if (retrying.every((it) => it.kind === 'mesh' || it.kind === 'proxy')) {
    parts.push(`on: [${reasonsOf(retrying).join(', ')}]`);
  }
  const backoff = retrying.find((it) => it.backoff !== undefined)?.backoff;
  if (backoff !== undefined) parts.push(`backoff: ${backoffText(backoff)}`);
  const budget = retrying.find((it) => it.budget !== undefined)?.budget;
  if (budget !== undefined) parts.push(`budget: { share: ${shareText(budget.share.value)} }`);
  const from = retrying.map(
    (it) => `${it.who} ${it.attempts!.value}, ${originText(it.attempts!.origin)}`,
  );
  return [{ text: `retry: { ${parts.join(', ')} }`, from: from.join('; ') }];
}

/** The conditions of Envoy that each reason of the file stands for. */
const conditions: readonly (readonly [reason: string, condition: RegExp])[] = [
  ['error', /^(5xx|gateway-error|retriable-4xx|internal)$/],
  ['overloaded', /^(5xx|gateway-error|unavailable|refused-stream|resource-exhausted|503)$/],
  ['reset', /^(5xx|reset|refused-stream)/],
  ['unreachable', /^(5xx|connect-failure|gateway-error)$/],
  ['timeout', /^(5xx|gateway-error|deadline-exceeded)$/],
];

function reasonsOf(layers: readonly PolicyLayer[]): readonly string[] {
  const on = layers.flatMap((it) => it.retryOn?.value ?? ['connect-failure']);
  const reasons = conditions.filter(([, condition]) => on.some((it) => condition.test(it)));
  return reasons.length === 0 ? ['unreachable'] : reasons.map(([reason]) => reason);
}

function backoffText({ baseMs, capMs, jitterShare }: Backoff): string {
  const cap = capMs === undefined || !Number.isFinite(capMs.value) ? 60_000 : capMs.value;
  const share = jitterShare?.value ?? 0;
  const jitter = share === 0 ? 'none' : share >= 1 ? 'full' : shareText(share);
  const limits = `cap: ${durationText(Math.max(cap, baseMs.value))}`;
  return `{ base: ${durationText(baseMs.value)}, ${limits}, jitter: ${jitter} }`;
}

function breakerLines(layers: readonly PolicyLayer[]): readonly PolicyLine[] {
  const breaker = layers.find((it) => it.breaker !== undefined)?.breaker;
  const first = breaker?.failureShare ?? breaker?.consecutive;
  if (breaker === undefined || first === undefined) return [];
  const { failureShare, consecutive, volume, windowMs, openMs } = breaker;
  const parts = [
    ...(failureShare === undefined ? [] : [`failures: ${shareText(failureShare.value)}`]),
    ...(consecutive === undefined ? [] : [`consecutive: ${consecutive.value}`]),
    ...(volume === undefined ? [] : [`of: ${Math.max(1, volume.value)}`]),
    ...(windowMs === undefined ? [] : [`within: ${durationText(windowMs.value)}`]),
    ...(openMs === undefined ? [] : [`open: ${durationText(openMs.value)}`]),
  ];
  return [{ text: `breaker: { ${parts.join(', ')} }`, from: originText(first.origin) }];
}

/** What an Envoy has by default is no bound that anybody meets. */
function limitLines(layers: readonly PolicyLayer[]): readonly PolicyLine[] {
  const limits = layers
    .flatMap((it) => [it.inFlightMax, it.connectionsMax])
    .filter((it) => it !== undefined)
    .filter((it) => Number.isFinite(it.value) && it.value >= 1 && it.origin.kind !== 'default')
    .toSorted((a, b) => a.value - b.value);
  const [lowest] = limits;
  return lowest === undefined
    ? []
    : [{ text: `limit: ${lowest.value}`, from: originText(lowest.origin) }];
}

/** Pools let calls wait, most of them as many as come. */
function poolLines({ size, acquireTimeoutMs, queueMax }: Pool): readonly PolicyLine[] {
  if (!Number.isFinite(size.value) || size.value < 1) return [];
  const most = queueMax?.value ?? Infinity;
  const wait = acquireTimeoutMs?.value ?? Infinity;
  const queue = [
    `limit: ${Number.isFinite(most) ? most : 'unlimited'}`,
    ...(Number.isFinite(wait) && wait > 0 ? [`maxWait: ${durationText(wait)}`] : []),
  ];
  const text = `limit: { concurrency: ${size.value}, queue: { ${queue.join(', ')} } }`;
  return [{ text, from: originText(size.origin) }];
}
