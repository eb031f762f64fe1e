import type { Model, Objective } from '../../model/model.ts';
import { shareText } from '../words.ts';
import type { Campaign, Part } from './campaign.ts';
import { goodputShare, healthOf } from './health.ts';
import type { LoadAxis } from './load.ts';
import { leastLoad } from './loop.ts';
import type { Standings } from './standings.ts';

/** What fails at every load that was tried: less load does not help. */
export interface FailingObjective {
  /** As written: `web p99 < 500ms`. */
  readonly text: string;
  /** From the least load to the one of the file. */
  readonly tried: readonly { readonly load: number; readonly observed: string }[];
}

/**
 * In the order in which they are tried, as long as something fails at all of them. Most systems
 * hold everything at the first. At the second even one that has a thousand times too much to do is
 * idle.
 */
const loads = [[leastLoad], [1 / 4096], [1 / 512, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]] as const;

/** Of one run. What has not had enough answers by then is not known, which is no failure. */
const requestsMax = 250_000;

/** Of one interval, about: there is no need for more to settle, or to look again. */
const requestsOfInterval = 10_000;

interface Tried {
  readonly load: number;
  readonly standings: Standings;
}

/**
 * Finds what fails at every load, and has the campaign judge by the rest: a system that always
 * misses an objective would seem to collapse wherever there are enough answers to see it.
 */
export async function leaveOutFailing(
  campaign: Campaign,
  settleMs: number,
): Promise<readonly FailingObjective[]> {
  const part = campaign.part('what fails at little load, too', 0, 0);
  const tried = await tryLoads(campaign, part, settleMs);
  part.advance(1);
  const failing = failingIn(tried);
  campaign.judgeBy(remaining(campaign.model, tried, new Set(failing)));
  return failing.map((index) => ({
    text: tried[0]?.standings.rules[index]?.text ?? '',
    tried: tried.map(({ load, standings }) => ({
      load: load * campaign.axis.given,
      observed: standings.rules[index]?.observed ?? '',
    })),
  }));
}

/** In ascending order; none where nothing fails at all of them, or not all is known. */
async function tryLoads(
  campaign: Campaign,
  part: Part,
  settleMs: number,
): Promise<readonly Tried[]> {
  const question = (load: number) => {
    const intervalMs = intervalMsAt(load, campaign.axis, settleMs);
    return [campaign.at(load), { kind: 'standings', intervalMs, requestsMax }] as const;
  };
  const tried: Tried[] = [];
  for (const some of loads) {
    const results = await part.ask(some, question);
    for (const [load, { standings }] of results) if (standings) tried.push({ load, standings });
    if (results.length < some.length || failingIn(tried).length === 0) return [];
  }
  return tried.toSorted((a, b) => a.load - b.load);
}

/** As many requests as come in the time that a system takes to settle. */
function intervalMsAt(load: number, { unit, given }: LoadAxis, settleMs: number): number {
  const inTimeMs = unit === 'per second' ? (requestsOfInterval / (given * load)) * 1000 : Infinity;
  return Math.max(settleMs, Math.min(settleMs / load, inTimeMs));
}

/** The places of the rules that fail at all of these loads. */
function failingIn(tried: readonly Tried[]): readonly number[] {
  const rules = tried[0]?.standings.rules ?? [];
  return rules.flatMap((_, index) =>
    tried.every(({ standings }) => standings.rules[index]?.fails === true) ? [index] : [],
  );
}

/** What is left to judge by. */
function remaining(
  model: Model,
  tried: readonly Tried[],
  failing: ReadonlySet<number>,
): readonly Objective[] {
  const judged = healthOf(model).objectives;
  const left = model.objectives.filter((each) => !failing.has(judged.indexOf(each)));
  const { goodput } = healthOf({ ...model, objectives: left });
  const least = tried[0]?.standings;
  if (!goodput || least === undefined || !tried.every(servesTooLittle)) return left;
  return [...left, ...servedAs(model, least)];
}

function servesTooLittle({ standings }: Tried): boolean {
  return standings.servedShare < goodputShare;
}

/** Instead of 95 of 100 calls, 95 of 100 of those that are served at little load. */
function servedAs({ sources }: Model, { servedShares }: Standings): readonly Objective[] {
  return sources.flatMap(({ name }, index): readonly Objective[] => {
    const required = goodputShare * (servedShares[index] ?? 0);
    if (required === 0) return [];
    const subject = { kind: 'source', index } as const;
    const text = `${name} success > ${shareText(required)}`;
    const measure = { kind: 'success' } as const;
    return [{ text, subject, measure, comparison: '>', required, window: undefined }];
  });
}
