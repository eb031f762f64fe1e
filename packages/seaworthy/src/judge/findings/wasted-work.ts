import type { Edge, Service } from '../../model/model.ts';
import { durationText, momentText, numberText, roughShareText } from '../words.ts';
import { changesOf } from './change.ts';
import { wasteChange } from './waste-change.ts';
import type { Occurrence } from './occurrence.ts';
import { edgeIn, harmedIn, longestStretch, serviceIn, spanOf, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** A tenth of the work for nobody is more than the tail of any timeout that fits. */
const wastedMuch = 0.1;

/** Shorter, it is what a single wave of timeouts leaves behind. */
const atLeastMs = 5000;

/** A third of the work for nobody is capacity that the rest misses. */
const wastedHigh = 0.3;

/** Services that spend their time on answers that nobody waits for any more. */
export function detectWastedWork(view: RunView): readonly Occurrence[] {
  return view.model.services.flatMap((service, index) => {
    // Work that ends with its caller is the price of the timeout, and cannot pile up.
    if (service.abandoned === 'cancelled') return [];
    const flags = (view.services[index] ?? []).map((part) => part.wastedShare > wastedMuch);
    const stretch = longestStretch(view, flags, atLeastMs);
    if (stretch === undefined) return [];
    const inCalm = (view.calmServices?.[index]?.wastedShare ?? 0) > wastedMuch;
    if (!harmedIn(view, stretch) && !inCalm) return [];
    const found = wasteOf(view, service, index, stretch);
    return found === undefined ? [] : [found];
  });
}

function wasteOf(
  view: RunView,
  service: Service,
  index: number,
  stretch: Stretch,
): Occurrence | undefined {
  const span = spanOf(view, stretch);
  const part = serviceIn(view, index, stretch);
  // Single seconds may have it while the whole has not.
  if (part.wastedShare <= wastedMuch) return undefined;
  const impatient = impatientCaller(view, index, stretch);
  // Its callers never gave up on it: theirs did on them, and the finding is there.
  if (impatient === undefined) return undefined;
  const below = wasteBelow(view, index, stretch);
  return {
    key: `wasted-work ${service.name}`,
    id: 'wasted-work',
    title: `wasted work at ${service.name}: ${roughShareText(part.wastedShare)} of its time went to callers that had gone`,
    severity: part.wastedShare >= wastedHigh ? 'high' : 'medium',
    effect: part.wasted,
    ...span,
    edges: [impatient.name],
    services: [service.name, ...below.map(({ name }) => name)],
    numbers: [
      `${roughShareText(part.wastedShare)} of the slot time from ${momentText(span.fromMs)} to ${momentText(span.toMs)}: ` +
        `${numberText(part.wastedMs / 1000 / part.seconds)} slots on average`,
      `${numberText(part.wasted / part.seconds)} requests a second were finished for nobody`,
      `a request waits ${durationText(part.waitMeanMs || 0)} and takes ${durationText(part.serviceMeanMs)} on average`,
      patienceText(impatient),
      ...below.map(
        ({ name, share }) =>
          `${roughShareText(share)} of the time of ${name}, further down, went the same way`,
      ),
    ],
    sustainingEffect:
      impatient.policy.retry === undefined
        ? undefined
        : 'time spent on the dead makes the living late, and what is late is asked for again',
    changes: changesOf(wasteChange(view, service, index, part, impatient, stretch)),
  };
}

/** The services below that waste as much, though nobody gives up on them directly. */
function wasteBelow(
  view: RunView,
  service: number,
  stretch: Stretch,
): readonly { readonly name: string; readonly share: number }[] {
  const below = new Set([service]);
  for (const callee of below) {
    for (const { from, to } of view.model.edges) {
      if (from.kind === 'service' && from.index === callee) below.add(to);
    }
  }
  below.delete(service);
  return [...below].flatMap((index) => {
    const share = serviceIn(view, index, stretch).wastedShare;
    if (!(share > wastedMuch) || impatientCaller(view, index, stretch) !== undefined) return [];
    return [{ name: view.model.services[index]?.name ?? '', share }];
  });
}

/** The edge into the service on which most attempts were given up. */
function impatientCaller(view: RunView, service: number, stretch: Stretch): Edge | undefined {
  const callers = view.model.edges.flatMap((edge, index) => {
    if (edge.to !== service) return [];
    const part = edgeIn(view, index, stretch);
    return [{ edge, given: part.attemptsFailedByLoad }];
  });
  const most = callers.toSorted((left, right) => right.given - left.given)[0];
  return most !== undefined && most.given > 0 ? most.edge : undefined;
}

function patienceText(edge: Edge): string {
  const { timeoutMs, deadlineMs } = edge.policy;
  if (timeoutMs !== undefined)
    return `${edge.name} gives up after its timeout of ${durationText(timeoutMs)}`;
  if (deadlineMs !== undefined)
    return `${edge.name} gives up at its deadline of ${durationText(deadlineMs)}`;
  return `${edge.name} gives up when its own caller does`;
}
