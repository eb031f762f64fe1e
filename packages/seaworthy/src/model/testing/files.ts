import * as fc from 'fast-check';
import type { FileInput } from '../schema/file.ts';
import { durations, factors, rates, shares, sizes } from './quantities.ts';
import { policies } from './policies.ts';
import type { Entry } from './services.ts';
import { calleesOf, QUEUE, queueTo, rows, services } from './services.ts';

/** How much a generated system has to do: small enough to simulate a thousand of them. */
const mostServices = 5;
const mostPerSecond = 40;
const runMs = { least: 5_000, most: 20_000 };

/**
 * A valid file of any shape: services that call each other without circles, policies on some of the
 * edges, traffic, scenarios, objectives and an environment. Each can be read, and simulated.
 */
export const modelFiles: fc.Arbitrary<FileInput> = fc
  .integer({ min: 1, max: mostServices })
  .chain((count) => {
    const names = Array.from({ length: count }, (_, index) => `s${index}`);
    // To the last service, so that no circle can come of it.
    return fc
      .tuple(...names.map((_, index) => services(names.slice(index + 1), index + 1 < count)))
      .chain((entries) => files(names, entries));
  });

function files(names: readonly string[], entries: readonly Entry[]): fc.Arbitrary<FileInput> {
  const pairs = names.flatMap((name, index) =>
    calleesOf(entries[index]).map((to): [string, string] => [name, to]),
  );
  const sources = fc.array(source(names), { minLength: 1, maxLength: 3 });
  const file = sources.chain((list) => {
    const traffic = Object.fromEntries(list.map((entry, index) => [`p${index}`, entry]));
    const all = [...pairs, ...list.map((it, i): [string, string] => [`p${i}`, String(it['to'])])];
    const queue = [QUEUE, names.at(-1)!] as const;
    return fc.record(
      {
        seaworthy: fc.constant(1),
        name: fc.constantFrom('system', 'a name with blanks', '1', 'ünïcode'),
        run: runs,
        services: fc.constant(Object.fromEntries(names.map((it, i) => [it, entries[i]]))),
        calls: calls(names, [...all, queue]),
        queues: fc.record({ [QUEUE]: queueTo(queue[1]) }),
        rows: fc.constant(rows),
        traffic: fc.constant(traffic),
        scenarios: scenarios(names, [...all, queue], traffic),
        objectives: objectives(names, all, mixedSources(traffic)),
      },
      { requiredKeys: ['seaworthy', 'name', 'run', 'services', 'queues', 'rows', 'traffic'] },
    );
  });
  return file.map(withFlush) as fc.Arbitrary<unknown> as fc.Arbitrary<FileInput>;
}

/** Only edges with a cache can be flushed. */
function withFlush(file: Entry): Entry {
  const { calls: entries, scenarios: all } = file as Record<string, Entry | undefined>;
  const [cached] = Object.entries(entries ?? {}).filter(([, it]) => 'cache' in (it as Entry));
  if (cached === undefined) return file;
  const flush = { at: '1.5s', flush: cached[0], share: '50%' };
  const first = ((all?.['first'] ?? []) as unknown as readonly Entry[]).concat(flush);
  return { ...file, scenarios: { ...all, first } };
}

const runs = fc.record(
  {
    for: durations(runMs.least, runMs.most),
    warmUp: durations(0, 1000),
    replications: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  },
  { requiredKeys: ['for'] },
);

function source(names: readonly string[]): fc.Arbitrary<Entry> {
  const both = {
    to: fc.constantFrom(...names),
    clients: fc.integer({ min: 1, max: 20 }),
    criticality: fc.constantFrom('sheddable', 'critical-plus', {
      critical: '10%',
      sheddable: '90%',
    }),
    keys: fc.record({ count: fc.integer({ min: 1, max: 1000 }), zipf: fc.constantFrom(0, 0.9) }),
    reload: fc.record(
      { after: durations(10, 2000), share: shares(0.1, 1), times: fc.integer({ min: 1, max: 3 }) },
      { requiredKeys: ['after'] },
    ),
  };
  const ramp = fc
    .tuple(rates(mostPerSecond), rates(mostPerSecond), durations(0, 1000))
    .map(([first, second, over]) => [
      { at: '0s', rate: first },
      { at: '2s', rate: second, over },
    ]);
  const rate = fc.oneof(rates(mostPerSecond), ramp);
  const arrivals = fc.constantFrom('poisson', 'constant');
  const users = fc.integer({ min: 1, max: 20 });
  const tasks = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant('unlimited'));
  const think = fc.oneof(durations(100, 2000), fc.record({ exponential: durations(100, 2000) }));
  return fc.oneof(
    fc.record({ ...both, rate, arrivals }, { requiredKeys: ['to', 'rate'] }),
    fc.record({ ...both, users, tasks, think }, { requiredKeys: ['to', 'users', 'think'] }),
  );
}

const ofQueue = ['p99 < 1s', 'backlog < 10', 'age < 1s', 'redelivered < 5%', 'dead-letters < 1%'];

type Pair = readonly [from: string, to: string];

/** Fallbacks only go to services further down than the callee: no circle can come of it. */
function calls(names: readonly string[], pairs: readonly Pair[]): fc.Arbitrary<Entry> {
  const entries = pairs.map(([from, to]) => {
    const further = names.slice(names.indexOf(to) + 1);
    return fc.tuple(fc.constant(`${from} -> ${to}`), policies(further));
  });
  return fc.tuple(...entries).chain((list) => fc.subarray(list).map(Object.fromEntries));
}

function scenarios(
  names: readonly string[],
  pairs: readonly Pair[],
  traffic: Entry,
): fc.Arbitrary<Entry> {
  const when = {
    at: durations(0, 4000),
    for: fc.oneof(durations(1, 4000), fc.constant('unlimited')),
  };
  const service = fc.constantFrom(...names);
  const target = fc.oneof(service, fc.constantFrom(...pairs.map((pair) => pair.join(' -> '))));
  const share = shares(0.1, 0.9);
  const timed = (keys: Record<string, fc.Arbitrary<unknown>>) => fc.record({ ...when, ...keys });
  const open = Object.keys(traffic).filter((name) => 'rate' in (traffic[name] as Entry));
  const faults: fc.Arbitrary<Entry>[] = [
    timed({ slow: target, by: factors(2, 10) }),
    timed({ slow: target, adds: durations(1, 500) }),
    ...['fail', 'blackhole', 'reset', 'loss'].map((kind) => timed({ [kind]: target, share })),
    timed({ capacity: service, to: shares(0, 1) }),
    timed({ kill: service, replicas: fc.constant([1]) }),
    timed({ pause: service }),
    timed({ poison: fc.constant(QUEUE), share }),
    ...rollouts(when, service),
    ...(open.length === 0
      ? []
      : [timed({ burst: fc.constantFrom(...open), by: factors(1, 3), over: durations(0, 500) })]),
  ];
  const list = fc.array(fc.oneof(...faults), { maxLength: 3 });
  return fc.record({ first: list, second: list }, { requiredKeys: [] });
}

function rollouts(
  when: { at: fc.Arbitrary<string>; for: fc.Arbitrary<string> },
  service: fc.Arbitrary<string>,
): fc.Arbitrary<Entry>[] {
  const amount = fc.oneof(fc.integer({ min: 0, max: 3 }), shares(0, 1));
  const pace = {
    version: fc.record(
      { slower: factors(1, 3), memory: factors(1, 2), leak: sizes(0, 900), fails: shares(0, 0.5) },
      { requiredKeys: [] },
    ),
    surge: fc.oneof(fc.integer({ min: 1, max: 3 }), shares(0.1, 1)),
    unavailable: amount,
    minReady: durations(0, 500),
  };
  const back = { rollbackAt: durations(4001, 6000) };
  const replicas = { replicas: fc.oneof(fc.integer({ min: 1, max: 3 }), shares(0.1, 1)) };
  const { at } = when;
  return [
    fc.record({ at, deploy: service, ...back, ...pace }, { requiredKeys: ['at', 'deploy'] }),
    fc.record(
      { ...when, canary: service, ...replicas, ...pace },
      { requiredKeys: ['at', 'canary'] },
    ),
  ];
}

/** The sources with more than one class of tasks. */
function mixedSources(traffic: Entry): readonly string[] {
  return Object.keys(traffic).filter(
    (name) => typeof (traffic[name] as Entry)['criticality'] === 'object',
  );
}

function objectives(
  names: readonly string[],
  pairs: readonly Pair[],
  mixed: readonly string[],
): fc.Arbitrary<string[]> {
  const edge = fc.constantFrom(...pairs.map((pair) => pair.join(' -> ')));
  const subject = fc.oneof(fc.constantFrom(...names), edge);
  const comparison = fc.constantFrom('<', '<=', '>', '>=');
  const part = fc.constantFrom('', ' from 1s to 3s');
  const time = fc.constantFrom('p50', 'p99', 'p99.9', 'mean', 'max', 'wait p99', 'wait mean');
  const shareOf = fc.constantFrom('success', 'failed', 'rejected', 'fallback');
  const rateOf = fc.constantFrom('offered', 'goodput', 'throughput');
  const text = (measure: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
    fc.tuple(subject, measure, comparison, value, part).map(([who, what, than, much, when]) => {
      return `${who} ${what} ${than} ${much}${when}`;
    });
  return fc.array(
    fc.oneof(
      text(time, durations(1, 5000)),
      text(shareOf, shares(0, 1)),
      text(rateOf, rates(100)),
      text(fc.constant('attempts'), fc.constantFrom('1', '1.2', '3')),
      fc.constantFrom(...names).map((name) => `${name} utilisation < 80%`),
      fc.constantFrom('accounts wait p99 < 10ms', 'counter conflicts < 5%', 'counter queue < 3'),
      fc.constantFrom(...ofQueue.map((what) => `${QUEUE} ${what}`)),
      ...mixed.map((name) => fc.constant(`${name} critical success > 50%`)),
      durations(1, 9000).map((limit) => `recovers within ${limit}`),
    ),
    { maxLength: 4 },
  );
}
