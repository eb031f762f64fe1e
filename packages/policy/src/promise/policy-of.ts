import type { PolicySettings } from '../call/settings.ts';
import type { Stages } from '../call/stages.ts';
import type { CallPolicy } from '../options/call-policy.ts';
import { callable, checkNames, count, positiveDuration, readBy, text } from '../options/reader.ts';
import { systemRandom } from '../random/system.ts';
import { systemClock } from '../time/system.ts';
import type { Given, Made, Making, Part } from './part.ts';
import type { CorePolicy, PolicyOptions, PolicyParts } from './policy.ts';
import type { Work } from './promise-call.ts';
import { Runner } from './runner.ts';
import type { CallOptions } from './runner.ts';
import { snapshotOf } from './snapshot.ts';
import type { PolicySnapshot } from './snapshot.ts';

/** The options that every policy knows. */
export type CoreOptions = Pick<
  PolicyOptions,
  'name' | 'judge' | 'deadline' | 'timeout' | 'taskAttempts'
>;

const coreOnce = { name: text, judge: callable };
const core = {
  deadline: positiveDuration,
  timeout: positiveDuration,
  taskAttempts: count(1, 1_000_000),
};

/** The options that these parts know. */
export type OptionsOf<P extends readonly Part[]> = (
  P[number] extends infer One ? (One extends Part<infer O> ? (each: O) => void : never) : never
) extends (all: infer All) => void
  ? All
  : never;

/** The methods that these parts add. */
export type MethodsOf<P extends readonly Part[]> = (
  P[number] extends infer One
    ? One extends Part<object, infer M>
      ? (each: M) => void
      : never
    : never
) extends (all: infer All) => void
  ? All
  : never;

/** Makes policies that do what their parts do. `F` is what the fallbacks answer. */
export type MakePolicy<P extends readonly Part[]> = <F = never>(
  options: CoreOptions &
    Omit<OptionsOf<P>, 'fallback'> &
    ('fallback' extends keyof OptionsOf<P> ? Pick<PolicyOptions<F>, 'fallback'> : unknown),
  parts?: PolicyParts,
) => CorePolicy<F> & MethodsOf<P>;

/**
 * Makes a `policy` that does no more than these parts, for bundles that are to be small: they hold
 * the parts that were named, and nothing of the others. Deadline, timeout, `taskAttempts` and
 * `judge` are in every policy. The order of the parts does not matter.
 *
 * @returns What makes policies: an option without its part is an {@link OptionError}.
 */
/* @__NO_SIDE_EFFECTS__ */
export function policyOf<const P extends readonly Part[]>(...parts: P): MakePolicy<P> {
  const stages: Stages = Object.assign({}, ...parts.map((part) => part.stages));
  const names = [...Object.keys(core), ...parts.flatMap((part) => part.names ?? [])];
  const once = [...Object.keys(coreOnce), ...parts.flatMap((part) => part.once ?? [])];
  const all: readonly Part[] = parts;

  const make = (
    options: Given,
    { clock = systemClock, random = systemRandom }: PolicyParts = {},
  ) => {
    checkNames(options, '', [...once, ...names]);
    const said = Object.entries(options).filter(([name]) => once.includes(name));
    const settingsFor = (given: CallPolicy): PolicySettings => {
      checkNames(given, '', names);
      return settingsBy(all, { ...Object.fromEntries(said), ...given });
    };
    const { name = 'policy', judge } = readBy(coreOnce, options);
    const snapshot = (): PolicySnapshot =>
      snapshotOf(name, runner.engines.current, making.observerError);
    const observed = { policyName: name, snapshot };
    const making: Making = { options, clock, policy: observed, observerError: undefined };
    const settings = settingsBy(all, options);
    const equipment = all.map((part) => part.equip?.(making));
    const own = { name, clock, random, judge, stages };
    const runner = new Runner(settings, Object.assign(own, ...equipment));
    const made: Made = { runner, options, settings, settingsFor };
    const run = <T>(work: Work<T>, callOptions?: CallOptions): Promise<T> =>
      runner.run(work, callOptions);
    const shutdown = (): void => runner.engines.shutdown();
    const methods = all.map((part) => part.methods?.(made));
    return Object.assign(run, observed, { shutdown }, ...methods);
  };
  return make as MakePolicy<P>;
}

/** @throws OptionError for an option that cannot be used. */
export function settingsBy(parts: readonly Part[], given: Given): PolicySettings {
  const { deadline, timeout, taskAttempts } = readBy(core, given);
  const settings = { deadlineMs: deadline, timeoutMs: timeout, taskAttempts } as PolicySettings;
  for (const part of parts) Object.assign(settings, part.read?.(given, settings));
  return settings;
}
