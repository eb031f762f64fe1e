import type { Landscape, Setting } from '../../../model/import/landscape.ts';
import { evidenceText } from '../../evidence.ts';
import { finding } from '../../decide.ts';
import { compared, type Twin } from '../../drift/compare.ts';
import { loadsOf } from '../../drift/load.ts';
import type { EffectiveValue } from '../../drift/kinds.ts';
import type { Pair, PairRule } from '../../drift/pair.ts';
import { bothOf, bothText, twinPlace } from '../../drift/words.ts';
import type { Decision, Evidence } from '../../finding.ts';

/** Half as much again: below it, what was rehearsed is near enough to what production does. */
const ratioMax = 1.5;

export const dr04: PairRule = {
  id: 'DR04',
  name: 'capacity does not follow the load',
  severity: 'high',
  formula:
    'load there / load here > 1.5 x what a pool, limit or number of replicas is there / what it ' +
    'is here: a setting that was enough in the rehearsal has more to carry in production',
  why: 'the rehearsal has shown that another ratio of load and capacity works',
  sources: [
    'https://sre.google/sre-book/software-engineering-in-sre/',
    'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing',
  ],
  remedy: 'Scale it as the load does, or rehearse with the load for each that production has.',
  needs: ['the load of both environments, from traces or a seaworthy.yaml'],
  *decideBetween(pair) {
    const here = loadsOf(pair.here);
    const there = loadsOf(pair.there);
    for (const twin of compared(pair).twins) {
      if (twin.here.kind !== 'scale' || twin.here.value === twin.there.value) continue;
      const owner = ownerOf(twin.subject);
      const loads = { here: here.get(owner), there: there.get(owner) };
      yield* decide(twin, loads, pair);
    }
  },
};

interface Loads {
  readonly here: Setting<number> | undefined;
  readonly there: Setting<number> | undefined;
}

function* decide(twin: Twin, loads: Loads, pair: Pair): Iterable<Decision> {
  const { subject, name } = twin;
  if (loads.here === undefined || loads.there === undefined) {
    const input = `the load of ${ownerOf(subject)} in ${pair.here.name} and ${pair.there.name}`;
    yield { kind: 'lacks', subject: `${subject}: ${name}`, input };
    return;
  }
  const [was, is] = [
    total(twin.here, pair.here.landscape, subject),
    total(twin.there, pair.there.landscape, subject),
  ];
  if (was === undefined || is === undefined || was === 0) return;
  const load = loads.there.value / loads.here.value;
  if (load <= ratioMax * (is / was)) return;
  yield finding(`${subject}: ${name}`, {
    what:
      `the load of ${ownerOf(subject)} is ${times(load)} times as much in ${pair.there.name}, and ` +
      `${name} ${times(is / was)} times (${bothText(twin, pair)})`,
    numbers: [
      ...bothOf(twin, pair),
      loadEvidence(loads.here, pair.here.name),
      loadEvidence(loads.there, pair.there.name),
    ],
    passes: `${evidenceText({ value: Math.ceil((Number(twin.there.value) * (load * was)) / is), unit: twin.there.unit })} in ${pair.there.name}`,
    at: twinPlace(twin),
  });
}

function loadEvidence({ value, origin }: Setting<number>, side: string): Evidence {
  return { name: `load in ${side}`, value, unit: 'rate', origin };
}

/** `web` of `web -> payments` and of `web/sidecar`: whoever has the load. */
function ownerOf(subject: string): string {
  return subject.split(/ -> |\//, 1)[0] ?? subject;
}

/** What all replicas have together; the number of replicas is that already. */
function total(
  value: EffectiveValue,
  { workloads }: Landscape,
  subject: string,
): number | undefined {
  if (typeof value.value !== 'number' || !Number.isFinite(value.value)) return undefined;
  if (value.name.startsWith('replicas')) return value.value;
  const owner = workloads.find(({ serves }) => serves === ownerOf(subject));
  return value.value * (owner?.replicas.value ?? 1);
}

function times(ratio: number): string {
  return String(Number(ratio.toPrecision(2)));
}
