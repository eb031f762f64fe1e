import { serviceEdit } from '../../../model/edit/edits.ts';
import { durationText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { context, count, duration, rate, share } from '../../evidence.ts';
import type { Service } from '../../../model/model.ts';
import type { Evidence, Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { type Growth, growths } from '../../traffic/growth.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { type Scaling, scalingOf } from '../../traffic/scaling.ts';

export const ov04: Rule = {
  id: 'OV04',
  name: 'scales after the outage',
  severity: 'medium',
  formula:
    'rate before + growth until (metric lag + stabilisation + start of a replica) > what the replicas ' +
    'carry that the autoscaler keeps for the rate before',
  why:
    'an autoscaler looks back, and new replicas take their time: traffic that grows faster than that ' +
    'meets the replicas of before, which are full when help is on its way',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    'https://github.com/kubernetes-sigs/metrics-server/blob/master/FAQ.md',
  ],
  remedy:
    'Keep more replicas at least, or a lower target, so that the headroom lasts until new ones are ' +
    'there; scale before a growth that is known; make replicas start faster; shed what is too much.',
  needs: [
    'the autoscaler of a service, in a seaworthy.yaml or a manifest',
    'traffic or a burst that grows, in a seaworthy.yaml',
    'the steps of the service, and how long a replica takes to start',
  ],
  *decide(landscape) {
    for (const modelled of modelServices(landscape)) {
      const { name } = modelled.service;
      const scaling = scalingOf(landscape, modelled);
      if (scaling === undefined) continue;
      const all = [...growths(landscape, modelled.file, name)];
      if (scaling === 'unknown') {
        if (all.length > 0)
          yield lacks(name, 'how many requests its autoscaler keeps a replica for');
        continue;
      }
      const [worst] = all
        .map((growth) => outgrownBy(scaling, growth))
        .filter(({ missing }) => missing > 0)
        .toSorted((a, b) => b.missing - a.missing);
      if (worst !== undefined) yield tooLate(modelled.service, scaling, worst);
    }
  },
};

interface Outgrown {
  readonly growth: Growth;
  readonly replicas: number;
  /** The rate when new replicas are there, and how much of it those of before cannot carry. */
  readonly perSecond: number;
  readonly missing: number;
  readonly lateMs: number;
}

function outgrownBy(scaling: Scaling, growth: Growth): Outgrown {
  const { min, max, lags, carried, keptPerSecond } = scaling;
  const { from, to, over } = growth;
  const lateMs = lags.reduce((sum, { time }) => sum + time.value, 0);
  const grown = over.value <= lateMs ? 1 : lateMs / over.value;
  const perSecond = from.value + (to.value - from.value) * grown;
  // Less a hair: 3.0000000001 replicas are three.
  const wanted = Math.ceil(from.value / keptPerSecond - 1e-9);
  const replicas = Math.min(max.value, Math.max(min.value, wanted));
  return { growth, replicas, perSecond, missing: perSecond - replicas * carried.value, lateMs };
}

function tooLate({ name, replicas: first }: Service, scaling: Scaling, worst: Outgrown): Suspicion {
  const { min, max, lags, carried, target, metric, isModelled } = scaling;
  const { growth, replicas, perSecond, lateMs } = worst;
  const { of, from, to, over } = growth;
  const enough = Math.ceil(perSecond / carried.value);
  return finding(name, {
    what:
      `${of} brings it to ${rateText(perSecond)} before new replicas are there, ` +
      `${durationText(lateMs)} later, and the ${replicas} replicas of before carry ` +
      rateText(replicas * carried.value),
    numbers: [
      rate(`requests of ${name} before`, from),
      rate(`requests of ${name} after`, to),
      duration('time of the growth', over),
      ...lags.filter(({ time }) => time.value > 0).map((lag) => lagOf(lag, lateMs, over.value)),
      (metric === 'cpu' ? share : count)(`target of the autoscaler of ${name}`, target),
      count(`replicas of ${name} at least`, min),
      rate(`what a replica of ${name} carries`, carried),
    ],
    passes: `at least ${enough} replicas, or a growth that takes longer`,
    ...(isModelled &&
      enough <= max.value && {
        proposed: [
          serviceEdit(name, 'autoscale.min', enough),
          // It begins with no fewer than there are at least.
          ...(first.length < enough ? [serviceEdit(name, 'replicas', enough)] : []),
        ],
      }),
    at: placeOf(target.origin, min.origin, from.origin),
  });
}

/** Where the growth is over without this lag as well, it does not decide. */
function lagOf({ name, time }: Scaling['lags'][number], lateMs: number, overMs: number): Evidence {
  const evidence = duration(name, time);
  return overMs <= lateMs - time.value ? context(evidence) : evidence;
}
