import type { FileOrigin, PolicyLayer, Pool, Setting, Variable } from '../landscape.ts';
import { durationMs } from '../values/units.ts';

/** What variables named after a callee say of its calls: `PAYMENTS_TIMEOUT_MS=800`. */
export interface NamedSettings extends Pick<Pool, PoolSetting> {
  readonly layer: PolicyLayer | undefined;
  readonly poolSize: Setting<number> | undefined;
}

type PoolSetting =
  | 'acquireTimeoutMs'
  | 'idleTimeoutMs'
  | 'lifetimeMs'
  | 'statementTimeoutMs'
  | 'queueMax'
  | 'connectTimeoutMs';

const addressSuffix =
  /(_SERVICE)?(_BASE)?_?(URL|URI|HOST|HOSTNAME|ADDR|ADDRESS|ENDPOINT|SERVER|DSN)S?$/i;

/** `PAYMENTS` of `PAYMENTS_SERVICE_URL`. Undefined: the name says nothing of the callee. */
function prefixOf(variable: string): string | undefined {
  const prefix = variable.replace(addressSuffix, '');
  return prefix === '' || prefix === variable ? undefined : prefix;
}

/** The settings of all variables that begin as the one does that has the address. */
export function namedSettings(variable: string, all: readonly Variable[]): NamedSettings {
  const prefix = prefixOf(variable);
  const mine = all
    .filter((it) => prefix !== undefined && it.name.startsWith(prefix) && it.value !== undefined)
    .map((it) => ({ suffix: it.name.slice(prefix!.length), value: it.value! }));
  const find = (pattern: RegExp): Found | undefined => {
    const found = mine.find(({ suffix }) => pattern.test(suffix));
    return found && { ...found, unit: unitOf(found.suffix) };
  };
  const duration = (pattern: RegExp): Setting<number> | undefined => durationIn(find(pattern));
  const count = (pattern: RegExp): Setting<number> | undefined => numberIn(find(pattern));
  return {
    layer: layerOf(duration, count, (pattern) => find(pattern)?.value),
    poolSize: count(/^_(DB_)?(POOL_?(SIZE|MAX)|MAX_?POOL(_?SIZE)?|CONNECTION_LIMIT)$/i),
    acquireTimeoutMs: duration(/^_(POOL_TIMEOUT|ACQUIRE_TIMEOUT|POOL_WAIT|POOL_ACQUIRE_TIMEOUT)/i),
    idleTimeoutMs: duration(/^_(POOL_)?IDLE_TIMEOUT/i),
    lifetimeMs: duration(/^_(POOL_|CONNECTION_)?MAX_LIFETIME/i),
    statementTimeoutMs: duration(/^_(STATEMENT|QUERY|COMMAND)_TIMEOUT/i),
    queueMax: count(/^_(POOL_)?QUEUE_?(MAX|LIMIT|SIZE)?$/i),
    connectTimeoutMs: duration(/^_CONNECT(ION)?_TIMEOUT/i),
  };
}

interface Found {
  readonly suffix: string;
  readonly value: Setting<string>;
  readonly unit: number | undefined;
}

type Read = (pattern: RegExp) => Setting<number> | undefined;

function layerOf(
  duration: Read,
  count: Read,
  text: (pattern: RegExp) => Setting<string> | undefined,
): PolicyLayer | undefined {
  const retries = count(/^_(MAX_)?RETRIES$|^_RETRY_(COUNT|MAX)$/i);
  const attempts =
    count(/^_((MAX|RETRY)_)?ATTEMPTS$/i) ?? (retries && { ...retries, value: retries.value + 1 });
  const baseMs = duration(/^_(RETRY_)?(BACKOFF|DELAY)(_BASE)?(_MS)?$|^_RETRY_DELAY/i);
  const capMs = duration(/^_(RETRY_)?(BACKOFF|DELAY)_(CAP|MAX)/i);
  const jitter = text(/^_(RETRY_)?(BACKOFF_)?JITTER$/i);
  const share = shareOf(text(/^_RETRY_BUDGET(_PERCENT)?$/i));
  const settings = {
    timeoutMs: duration(/^_(DEADLINE|TOTAL_TIMEOUT)/i),
    tryTimeoutMs: duration(/^_((REQUEST|READ|ATTEMPT|CALL|HTTP|QUERY|COMMAND)_)?TIMEOUT/i),
    connectTimeoutMs: duration(/^_CONNECT(ION)?_TIMEOUT/i),
    attempts,
    inFlightMax: count(/^_((MAX_)?CONCURRENCY|MAX_IN_FLIGHT|BULKHEAD)$/i),
    backoff: baseMs && {
      baseMs,
      ...(capMs === undefined ? {} : { capMs }),
      ...(jitter === undefined ? {} : { jitterShare: jitterOf(jitter) }),
    },
    budget: share && { share },
  };
  const given = Object.entries(settings).filter(([, it]) => it !== undefined);
  if (given.length === 0) return undefined;
  const at = firstOrigin(Object.fromEntries(given));
  return { who: 'application', kind: 'application', at, ...Object.fromEntries(given) };
}

function firstOrigin(settings: Record<string, unknown>): FileOrigin {
  const [first] = Object.values(settings) as [Setting<unknown> | { baseMs: Setting<number> }];
  const setting = 'origin' in first ? first : 'baseMs' in first ? first.baseMs : undefined;
  return (setting ?? (first as unknown as { share: Setting<number> }).share).origin as FileOrigin;
}

const units: Readonly<Record<string, number>> = {
  MS: 1,
  MILLIS: 1,
  MILLISECONDS: 1,
  MSEC: 1,
  S: 1000,
  SEC: 1000,
  SECS: 1000,
  SECONDS: 1000,
  M: 60_000,
  MINUTES: 60_000,
};

/** `_MS`, `_SECONDS` at the end of a name. */
function unitOf(suffix: string): number | undefined {
  return units[suffix.toUpperCase().split('_').at(-1) ?? ''];
}

function durationIn(found: Found | undefined): Setting<number> | undefined {
  if (found === undefined) return undefined;
  const { value, origin } = found.value;
  const withUnit = durationMs(value);
  if (withUnit !== undefined && !/^\d+$/.test(value)) return { value: withUnit, origin };
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return undefined;
  if (found.unit !== undefined) return { value: number * found.unit, origin };
  const why = `"${value}" has no unit: taken for milliseconds`;
  return { value: number, origin: { kind: 'guess', why } };
}

function numberIn(found: Found | undefined): Setting<number> | undefined {
  const number = Number(found?.value.value);
  if (found === undefined || found.value.value === '' || !Number.isFinite(number)) {
    return undefined;
  }
  return { value: number, origin: found.value.origin };
}

/** `10%`, or `0.1`; 10 is a percentage too. */
function shareOf(setting: Setting<string> | undefined): Setting<number> | undefined {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(setting?.value ?? '');
  if (setting === undefined || match === null) return undefined;
  const number = Number(match[1]);
  const isPercent = match[2] === '%' || number > 1;
  return { value: isPercent ? number / 100 : number, origin: setting.origin };
}

function jitterOf({ value, origin }: Setting<string>): Setting<number> {
  return { value: /^(0|none|false|off)$/i.test(value) ? 0 : 1, origin };
}
