import { Admission } from '../admission/admission.ts';
import { CircuitBreaker } from '../breaker/breaker.ts';
import { RetryBudget } from '../budget/budget.ts';
import { CacheStage } from '../cache/stage.ts';
import { Retries } from '../call/retries.ts';
import type { PolicySettings } from '../call/settings.ts';
import type { Stages } from '../call/stages.ts';
import { Endpoints } from '../endpoints/endpoints.ts';
import { NormalPath } from '../fallback/normal-path.ts';
import { Hedges } from '../hedge/hedges.ts';
import { AdaptiveLimit } from '../limit/adaptive-limit.ts';
import { Codel } from '../limit/codel.ts';
import { admission as readAdmission } from '../options/admission.ts';
import { breaker as readBreaker } from '../options/breaker.ts';
import { cache as readCache } from '../options/cache.ts';
import type { CallPolicy, FixedLimitOptions } from '../options/call-policy.ts';
import { endpointSettings } from '../options/endpoints.ts';
import { hedge as readHedge } from '../options/hedge.ts';
import { fixedLimit, limit as readLimit } from '../options/limit.ts';
import { listOf, OptionError, text } from '../options/reader.ts';
import type { Reader } from '../options/reader.ts';
import { plainRetry, retry as readRetry } from '../options/retry.ts';
import { throttle as readThrottle } from '../options/throttle.ts';
import { SmoothRetries } from '../retry/smooth-retries.ts';
import { Throttle } from '../throttle/throttle.ts';
import { EndpointNames } from './endpoint-names.ts';
import { Fallbacks, fallbackSettings } from './fallbacks.ts';
import { invokeWith } from './invoke.ts';
import { observerOf } from './observer.ts';
import type { Part } from './part.ts';
import type { Policy, PolicyOptions } from './policy.ts';
import { reconfigurePolicy } from './reconfigure.ts';
import { exportState, restoreState } from './state.ts';

/** A part of one option and of the settings by the same name. */
function part<K extends keyof CallPolicy & keyof PolicySettings, O extends object>(
  name: K,
  read: Reader<PolicySettings[K] & {}>,
  stages: Stages,
): Part<O> {
  return {
    names: [name],
    stages,
    read: ({ [name]: value }) => (value === undefined ? {} : { [name]: read(value, name) }),
  };
}

/** `retry`, with every jitter but `smooth`. */
export const retry: Part<Pick<PolicyOptions, 'retry'>> = /* @__PURE__ */ part('retry', plainRetry, {
  retry: Retries,
  budget: RetryBudget,
});

/** `retry`, with every jitter. */
export const fullRetry: Part<Pick<PolicyOptions, 'retry'>> = /* @__PURE__ */ part(
  'retry',
  readRetry,
  {
    retry: SmoothRetries,
    budget: RetryBudget,
  },
);

/** `breaker`. */
export const breaker: Part<Pick<PolicyOptions, 'breaker'>> = /* @__PURE__ */ part(
  'breaker',
  readBreaker,
  {
    breaker: CircuitBreaker,
  },
);

/** `limit`, for a number of slots, and a queue by turn: `fifo` or `lifo`. */
export const limit: Part<{ readonly limit?: number | FixedLimitOptions }> = /* @__PURE__ */ part(
  'limit',
  fixedLimit,
  {},
);

/** `limit`, adaptive ones and `codel` included. */
export const fullLimit: Part<Pick<PolicyOptions, 'limit'>> = /* @__PURE__ */ part(
  'limit',
  readLimit,
  {
    adaptive: AdaptiveLimit,
    codel: Codel,
  },
);

/** `cache`. */
export const cache: Part<Pick<PolicyOptions, 'cache'>> = /* @__PURE__ */ part('cache', readCache, {
  cache: CacheStage,
});

/** `admission`. */
export const admission: Part<Pick<PolicyOptions, 'admission'>> = /* @__PURE__ */ part(
  'admission',
  readAdmission,
  {
    admission: Admission,
  },
);

/** `throttle`. */
export const throttle: Part<Pick<PolicyOptions, 'throttle'>> = {
  names: ['throttle'],
  stages: { throttle: Throttle },
  read: (given, { timeoutMs = 0 }) =>
    given.throttle === undefined ? {} : { throttle: readThrottle(given.throttle, timeoutMs) },
};

/** `hedge`. */
export const hedge: Part<Pick<PolicyOptions, 'hedge'>> = {
  names: ['hedge'],
  stages: { hedge: Hedges, budget: RetryBudget },
  read: (given) =>
    given.hedge === undefined ? {} : { hedge: readHedge(given.hedge, given.retry) },
};

const endpointNames = listOf(text);

/** Where attempts go: `endpoints`, `balance` and `outliers`. */
export const endpoints: Part<
  Pick<PolicyOptions, 'endpoints' | 'balance' | 'outliers'>,
  Pick<Policy, 'setEndpoints'>
> = {
  names: ['balance', 'outliers'],
  once: ['endpoints'],
  stages: { endpoints: Endpoints },
  read: endpointSettings,
  equip: () => ({ endpoints: new EndpointNames() }),
  methods: ({ runner, options }) => {
    const setEndpoints = (names: readonly string[]): void =>
      runner.setEndpoints(endpointNames(names, 'endpoints'));
    if (options.endpoints !== undefined) setEndpoints(options.endpoints);
    return { setEndpoints };
  },
};

/** `fallback` and `fallbackReserve`. */
export const fallback: Part<Pick<PolicyOptions, 'fallback' | 'fallbackReserve'>> = {
  names: ['fallbackReserve'],
  once: ['fallback'],
  stages: { fallbacks: NormalPath },
  read: fallbackSettings,
  equip: ({ options, policy }) => ({
    fallbacks: new Fallbacks(options.fallback ?? [], policy.policyName),
  }),
};

/** `observer`, and who is told of policies by the process. */
export const observer: Part<Pick<PolicyOptions, 'observer'>> = {
  once: ['observer'],
  equip: (making) => ({
    invokeWith,
    observer: observerOf(making.options.observer, making.policy, (error) => {
      making.observerError = error;
    }),
  }),
};

/** `chaos`. */
export const chaos: Part<Pick<PolicyOptions, 'chaos'>> = {
  once: ['chaos'],
  equip: ({ options: { chaos: make }, policy, clock }) => {
    if (make === undefined) return {};
    if (typeof make === 'function') return { invokeWith, chaos: make(policy.policyName, clock) };
    throw new OptionError('chaos', make, 'write chaos({ ... }) of @seaworthy/policy/chaos');
  },
};

/** `exportState` and `restore`. */
export const state: Part<object, Pick<Policy, 'exportState' | 'restore'>> = {
  methods: ({ runner }) => ({
    exportState: () => exportState(runner.engines.current),
    restore: (given, ageMs = 0) => restoreState(runner.engines.current, given, ageMs),
  }),
};

/** `reconfigure`. */
export const reconfigure: Part<object, Pick<Policy, 'reconfigure'>> = {
  methods: (made) => ({ reconfigure: (given) => reconfigurePolicy(made, given) }),
};
