import type { Phase, ResponsePoint } from './response.ts';

/** One load that was answered in two ways, by what had come before. */
export interface TwoAnswers {
  readonly loadPerSecond: number;
  /** What succeeded of it at first, and what did later. */
  readonly firstPerSecond: number;
  readonly laterPerSecond: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** It was so for as long as there is anything to compare. */
  readonly toTheEnd: boolean;
}

/** `alone`: no load came both at first and later, so there is nothing to hold against another. */
export type Answers = TwoAnswers | 'one' | 'alone';

/** Loads this near to each other are one. */
const NEAR = 0.1;

/** Of what came: a smaller loss than this is not another answer. */
const LOSS = 0.1;

/** Standard errors that a loss must exceed; three leave one in a thousand to chance. */
const ERRORS = 3;

const first: readonly Phase[] = ['before', 'rising'];
const later: readonly Phase[] = ['after', 'falling'];

/**
 * Whether one load had two answers: less of it succeeded after a trigger, or on the way down, than
 * had before, or on the way up. That is the loop of hysteresis by which a metastable failure shows.
 */
export function answersOf(points: readonly ResponsePoint[]): Answers {
  const before = points.filter(({ phase }) => first.includes(phase));
  const compared = points
    .filter(({ phase }) => later.includes(phase))
    .flatMap((point) => {
      const near = before.filter(
        ({ offeredPerSecond }) => Math.abs(offeredPerSecond / point.offeredPerSecond - 1) <= NEAR,
      );
      return near.length === 0 ? [] : [{ point, share: shareOf(near) }];
    });
  if (compared.length === 0) return 'alone';
  const worse = compared.filter(({ point, share }) => isLess(point, share));
  const [begin, end] = [worse[0], worse.at(-1)];
  if (begin === undefined || end === undefined) return 'one';
  const mean = (of: (each: (typeof worse)[number]) => number): number =>
    worse.reduce((all, each) => all + of(each), 0) / worse.length;
  return {
    loadPerSecond: mean(({ point }) => point.offeredPerSecond),
    firstPerSecond: mean(({ point, share }) => share * point.offeredPerSecond),
    laterPerSecond: mean(({ point }) => point.succeededPerSecond),
    fromMs: begin.point.fromMs,
    toMs: end.point.toMs,
    toTheEnd: end === compared.at(-1),
  };
}

function isLess(point: ResponsePoint, share: number): boolean {
  const count = (point.offeredPerSecond * (point.toMs - point.fromMs)) / 1000;
  const loss = share - shareOf([point]);
  // The variance of a share is a quarter at most.
  return loss > Math.max(LOSS, ERRORS * Math.sqrt(1 / 4 / count));
}

function shareOf(points: readonly ResponsePoint[]): number {
  const total = (of: (point: ResponsePoint) => number): number =>
    points.reduce((all, point) => all + of(point), 0);
  return (
    total(({ succeededPerSecond }) => succeededPerSecond) /
    total(({ offeredPerSecond }) => offeredPerSecond)
  );
}
