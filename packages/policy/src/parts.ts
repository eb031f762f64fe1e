// The parts of a policy, for bundles that hold no more than is used.
export {
  fullLimit,
  admission,
  breaker,
  cache,
  chaos,
  endpoints,
  fallback,
  hedge,
  limit,
  observer,
  reconfigure,
  retry,
  fullRetry,
  state,
  throttle,
} from './promise/parts.ts';
export type { Part } from './promise/part.ts';
export { policyOf } from './promise/policy-of.ts';
export type { CoreOptions, MakePolicy, MethodsOf, OptionsOf } from './promise/policy-of.ts';
export type { CorePolicy } from './promise/policy.ts';
export type { FixedLimitOptions } from './options/call-policy.ts';
export { OptionError } from './options/reader.ts';
export { task } from './promise/task.ts';
export { PolicyError } from './promise/policy-error.ts';
