import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, rateText, roughShareText } from '../words.ts';
import { budgetChange } from './budget-change.ts';
import { slotsChange } from './capacity-change.ts';
import { emptyCaches } from './empty-cache.ts';
import { edgeIn, serviceIn, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';
import { wasteChange } from './waste-change.ts';

/** Something that keeps a failure going after its trigger. */
export interface SustainingEffect {
  readonly text: string;
  /** The evidence for it. */
  readonly number: string;
  readonly edge: string | undefined;
  readonly service: string | undefined;
  readonly change: SuggestedChange | undefined;
}

/** Below one extra attempt for five tasks retries are not what keeps a system down. */
const extraAttempts = 1.2;
const aboveCalm = 1.3;

/** A fifth of a service's time for nobody. */
const wastedMuch = 0.2;

/**
 * Work that takes half as long again at the same load: the service degrades under what it holds.
 */
const slowerMuch = 1.5;

/** A queue that waits this many times as long as in the calm stands. */
const standing = 5;

/** A queue that has lost a third since the trigger ended drains, if slowly: that is recovery. */
const draining = 0.7;

/**
 * What is still far from the calm in the tail of a run, the workload first: that is where it can be
 * broken.
 */
export function sustainingEffects(
  view: RunView,
  afterTrigger: Stretch,
  tail: Stretch,
): readonly SustainingEffect[] {
  return [
    ...retries(view, tail),
    ...emptyCaches(view, tail),
    ...waste(view, tail),
    ...slowness(view, tail),
    ...queues(view, afterTrigger, tail),
    ...reloads(view, tail),
  ];
}

function retries(view: RunView, tail: Stretch): readonly SustainingEffect[] {
  const found = view.model.edges.flatMap((edge, index) => {
    const part = edgeIn(view, index, tail);
    const calm = view.calmEdges?.[index]?.attemptsPerTask ?? 1;
    const bound = Math.max(extraAttempts, aboveCalm * (calm || 1));
    if (!(part.attemptsPerTask >= bound)) return [];
    const extra = (part.attempts - part.offered) / part.seconds;
    const density = numberText(part.attemptsPerTask);
    const callee = view.model.services[edge.to]?.name;
    return [
      {
        extra,
        effect: {
          text: `retries: ${edge.name} still makes ${density} attempts per task, ${rateText(extra)} more than ${callee ?? ''} is asked for`,
          number: `attempts per task on ${edge.name} ${density} (${numberText(calm)} before)`,
          edge: edge.name,
          service: callee,
          change: budgetChange(edge, part),
        },
      },
    ];
  });
  return found.toSorted((left, right) => right.extra - left.extra).map(({ effect }) => effect);
}

function waste(view: RunView, tail: Stretch): readonly SustainingEffect[] {
  return view.model.services.flatMap((service, index) => {
    const part = serviceIn(view, index, tail);
    const calm = view.calmServices?.[index]?.wastedShare ?? 0;
    if (!(part.wastedShare >= wastedMuch) || part.wastedShare < 2 * calm) return [];
    const share = roughShareText(part.wastedShare);
    return [
      {
        text: `wasted work: ${share} of the time of ${service.name} goes to callers that have gone`,
        number: `wasted work at ${service.name} ${share} (${roughShareText(calm || 0)} before)`,
        edge: undefined,
        service: service.name,
        change: wasteChange(view, service, index, part, undefined, tail),
      },
    ];
  });
}

function slowness(view: RunView, tail: Stretch): readonly SustainingEffect[] {
  return view.model.services.flatMap((service, index) => {
    // Only services that are slower by themselves; the rest wait for one of those.
    if (service.slowdown === undefined) return [];
    const part = serviceIn(view, index, tail);
    const calm = view.calmServices?.[index]?.serviceMeanMs;
    if (calm === undefined || !(part.serviceMeanMs >= slowerMuch * calm)) return [];
    const took = durationText(part.serviceMeanMs);
    return [
      {
        text: `slow under its own load: ${service.name} takes ${took} with ${numberText(part.inFlightMean)} requests in flight`,
        number: `service time of ${service.name} ${took} (${durationText(calm)} before)`,
        edge: undefined,
        service: service.name,
        change: undefined,
      },
    ];
  });
}

function queues(view: RunView, afterTrigger: Stretch, tail: Stretch): readonly SustainingEffect[] {
  return view.model.services.flatMap((service, index) => {
    const part = serviceIn(view, index, tail);
    const first = serviceIn(view, index, afterTrigger);
    const calm = view.calmServices?.[index];
    if (calm === undefined || part.queueMean < 1 || part.queueMean < draining * first.queueMean)
      return [];
    if (!(part.waitMeanMs >= standing * (calm.waitMeanMs || 1))) return [];
    const wait = durationText(part.waitMeanMs);
    return [
      {
        text: `a standing queue: requests wait ${wait} at ${service.name} before any work begins`,
        number: `${numberText(part.queueMean)} requests wait at ${service.name}, for ${wait} (${durationText(calm.waitMeanMs || 0)} before)`,
        edge: undefined,
        service: service.name,
        change: slotsChange(view, service, index, part),
      },
    ];
  });
}

function reloads(view: RunView, tail: Stretch): readonly SustainingEffect[] {
  return view.model.sources.flatMap((source) => {
    const calm = view.calmEdges?.[source.edge];
    if (source.reload === undefined || calm === undefined) return [];
    const part = edgeIn(view, source.edge, tail);
    const now = part.offered / part.seconds;
    const before = calm.offered / calm.seconds;
    if (now < aboveCalm * before) return [];
    const name = view.model.edges[source.edge]?.name;
    return [
      {
        text: `users reload: ${source.name} ask ${rateText(now)} times where they asked ${rateText(before)}`,
        number: `offered by ${source.name} ${rateText(now)} (${rateText(before)} before)`,
        edge: name,
        service: undefined,
        change: undefined,
      },
    ];
  });
}
