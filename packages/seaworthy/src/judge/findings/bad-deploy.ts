import { isChanged, type RolloutFault, rolloutsOf } from '../../model/rollout.ts';
import { endOf } from '../totals.ts';
import { momentText, rateText } from '../words.ts';
import { deployChanges } from './deploy-change.ts';
import type { Occurrence } from './occurrence.ts';
import { harmedShare, rateAtFrontDoor, spanOf, type Stretch, stretchOf } from './stretch.ts';
import { sustainingEffects } from './sustaining.ts';
import { besides, isWorse, versionIn, versionText } from './version-part.ts';
import type { RunView } from './view.ts';

/** Harm of fewer seconds may be the rollout's own, and no reason to call the deploy bad. */
const harmedForMs = 10_000;

/** Harmed nearly all the time. */
const nearlyAll = 0.8;

/** What is judged as the state at the end. */
const tailMs = 30_000;

/** How the versions did until the system tipped. */
const besideMs = 15_000;

/**
 * A deploy or a canary after whose beginning users are harmed and stay so; or, where they are not,
 * replicas of the new version that do worse than the old ones beside them.
 */
export function detectBadDeploys(view: RunView): readonly Occurrence[] {
  return view.model.services.flatMap((_, service) =>
    rolloutsOf(view.scenario, service).flatMap((rollout, index) => {
      const found = tipped(view, rollout, index + 1) ?? worse(view, rollout, index + 1);
      return found === undefined ? [] : [found];
    }),
  );
}

function tipped(view: RunView, rollout: RolloutFault, version: number): Occurrence | undefined {
  const { calm } = view;
  const stretch = harmAfter(view, rollout);
  if (calm === undefined || stretch === undefined) return undefined;
  const before = stretchOf(view, calm.fromMs, calm.toMs);
  const harm = spanOf(view, stretch);
  if (harmedShare(view, before) > 1 - nearlyAll || hasOtherCause(view, rollout, harm.fromMs)) {
    return undefined;
  }
  const name = view.model.services[rollout.service]?.name ?? '';
  const goodput = rateAtFrontDoor(view, stretch);
  const goodputBefore = rateAtFrontDoor(view, before);
  const tail = stretchOf(view, endOf(view.run) - tailMs, Infinity);
  const lasts = harmedShare(view, tail) >= nearlyAll && stretch.to > tail.from;
  const beside = stretchOf(view, Math.max(rollout.atMs, harm.fromMs - besideMs), harm.fromMs + 1);
  // Where the first new replica was enough, there is nothing of it before.
  const since = stretchOf(view, harm.fromMs, harm.fromMs + besideMs);
  const until = versionIn(view, rollout.service, version, beside);
  const newer = until.answered >= 100 ? until : versionIn(view, rollout.service, version, since);
  const older = versionIn(view, rollout.service, 0, before);
  const effects = lasts ? sustainingEffects(view, stretch, tail) : [];
  return {
    key: `bad-deploy ${name} ${version}`,
    id: 'bad-deploy',
    title: `bad deploy of ${name}: goodput ${rateText(goodput)} from ${momentText(harm.fromMs)} on (${rateText(goodputBefore)} before)`,
    severity: lasts ? 'critical' : 'high',
    effect: goodputBefore - goodput,
    fromMs: harm.fromMs,
    toMs: harm.toMs,
    edges: [],
    services: [name],
    numbers: [
      `the new version: ${versionText(rollout.version)}`,
      ...(newer.answered > 0 ? besides(newer, older, 'before') : []),
    ],
    sustainingEffect: effects[0]?.text,
    changes: deployChanges(view, rollout, harm.fromMs),
  };
}

/** The first long stretch of harm, from the beginning of a rollout on. */
function harmAfter(view: RunView, rollout: RolloutFault): Stretch | undefined {
  const first = view.steps.findIndex((step) => step.fromMs >= rollout.atMs);
  if (first < 0) return undefined;
  for (let from = first; from < view.steps.length; from++) {
    if (view.harmed[from] !== true) continue;
    const long = stretchOf(view, view.steps[from]!.fromMs, view.steps[from]!.fromMs + harmedForMs);
    if (harmedShare(view, long) < nearlyAll) continue;
    let to = long.to;
    while (to < view.steps.length && harmedShare(view, { from: to, to: to + 5 }) > 0) to++;
    return { from, to };
  }
  return undefined;
}

/** Something else has begun since the rollout did, or goes on beside it. */
function hasOtherCause(view: RunView, rollout: RolloutFault, harmedAtMs: number): boolean {
  return view.triggers.some((trigger) => {
    if (trigger.fromMs === rollout.atMs && trigger.text === rollout.text) return false;
    return trigger.fromMs <= harmedAtMs && trigger.toMs > rollout.atMs;
  });
}

/**
 * When all replicas that the new version gets before it goes are ready and warm; undefined where
 * none ever was.
 */
function warmAt(view: RunView, rollout: RolloutFault): number | undefined {
  const { name, startUp } = view.model.services[rollout.service]!;
  const last = view.run.events.findLast(({ kind, subject, atMs }) => {
    const isOfIt = kind === 'replica-ready' && subject.startsWith(`${name} replica `);
    return isOfIt && atMs >= rollout.atMs && atMs < rollout.backAtMs;
  });
  return last && last.atMs + (startUp.slower > 1 ? startUp.warmUpMs : 0);
}

function worse(view: RunView, rollout: RolloutFault, version: number): Occurrence | undefined {
  if (!isChanged(rollout.version)) return undefined;
  const fromMs = warmAt(view, rollout);
  if (fromMs === undefined) return undefined;
  const name = view.model.services[rollout.service]?.name ?? '';
  const stretch = stretchOf(view, fromMs, Math.min(rollout.backAtMs, endOf(view.run)));
  const newer = versionIn(view, rollout.service, version, stretch);
  const older = versionIn(view, rollout.service, 0, stretch);
  if (stretch.to <= stretch.from || !isWorse(newer, older)) return undefined;
  const span = spanOf(view, stretch);
  return {
    key: `bad-deploy ${name} ${version}`,
    id: 'bad-deploy',
    title: `the new version of ${name} does worse than the old one beside it`,
    severity: 'medium',
    effect: newer.serviceMeanMs / older.serviceMeanMs,
    fromMs: span.fromMs,
    toMs: span.toMs,
    edges: [],
    services: [name],
    numbers: [
      `the new version: ${versionText(rollout.version)}`,
      ...besides(newer, older, 'at an old one'),
    ],
  };
}
