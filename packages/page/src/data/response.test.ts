import { describe, expect, it } from 'vitest';

import { responseSentence, timeSentence } from '../response/words.ts';
import type { PageRun, RunEvent } from '../seaworthy.ts';
import { type ResponsePoint, responsesOf } from './response.ts';
import { answersOf } from './two-answers.ts';

const everything = { kind: 'all' } as const;

/** A run of one call in intervals of a second: what came in each, and what of it succeeded. */
function runOf(offered: readonly number[], succeeded: readonly number[], fault?: string): PageRun {
  const toMs = offered.map((_, at) => (at + 1) * 1000);
  const latency = succeeded.map((count) => (count === 0 ? '' : `${count} 2 0 ${count}+`));
  const event = (kind: RunEvent['kind'], atMs: number): RunEvent => {
    return { atMs, kind, subject: 'b', text: 'b is slow' };
  };
  const [from, to] = (fault ?? '').split('-').map(Number);
  const events =
    fault === undefined
      ? []
      : [event('fault-began', from! * 1000), event('fault-ended', to! * 1000)];
  return {
    header: { edges: ['a -> b'], sources: ['a'] },
    toMs,
    events,
    edges: [{ numbers: { offered, succeeded }, counts: {}, times: { latency } }],
  } as unknown as PageRun;
}

function responseOf(run: PageRun) {
  const [response] = responsesOf(run, everything, { fromMs: 0, toMs: run.toMs.at(-1)! });
  return response!;
}

function many<Value>(count: number, value: Value): readonly Value[] {
  return Array.from({ length: count }, () => value);
}

describe('the answer to a load', () => {
  it('is told by what came before: a trigger', () => {
    const load = many(60, 300);
    const good = load.map((count, at) => (at < 20 ? count : 0));
    const response = responseOf(runOf(load, good, '20-25'));
    expect(new Set(response.points.map(({ phase }) => phase))).toEqual(
      new Set(['before', 'during', 'after']),
    );
    // No point is of two phases.
    expect(response.points.some(({ fromMs, toMs }) => fromMs < 20_000 && toMs > 20_000)).toBe(
      false,
    );
    expect(responseSentence(response, 60_000)).toBe(
      'From 300/s to 300/s came; 0/s to 300/s succeeded. One load, two answers: of 300/s, ' +
        '0/s succeeded from 25 s to the end, and 300/s before the trigger.',
    );
  });

  it('is told by which way the load went, where there is no trigger', () => {
    const up = Array.from({ length: 40 }, (_, at) => 100 + at * 10);
    const load = [...up, ...up.toReversed()];
    // It goes down at 400/s, and is back only at 200/s.
    const good = load.map((count, at) => {
      const isDown = at < 40 ? count > 400 : count > 200;
      return isDown ? 0 : count;
    });
    const answers = answersOf(responseOf(runOf(load, good)).points);
    expect(answers).toMatchObject({ laterPerSecond: 0, toTheEnd: false });
    expect(responseSentence(responseOf(runOf(load, good)), 80_000)).toContain('on the way down');
    expect(answersOf(responseOf(runOf(load, load)).points)).toBe('one');
  });

  it('is one where the system comes back, and where nothing can be compared', () => {
    const load = many(60, 300);
    const back = load.map((count, at) => (at >= 20 && at < 25 ? 0 : count));
    expect(answersOf(responseOf(runOf(load, back, '20-25')).points)).toBe('one');
    const other = load.map((count, at) => (at < 25 ? count : count * 2));
    expect(answersOf(responseOf(runOf(other, back, '20-25')).points)).toBe('alone');
    expect(answersOf(responseOf(runOf(load, back)).points)).toBe('alone');
  });

  it('is not made of chance: a loss needs enough calls', () => {
    const point = (phase: ResponsePoint['phase'], offered: number, succeeded: number) => ({
      fromMs: 0,
      toMs: 1000,
      phase,
      timeMs: 1,
      offeredPerSecond: offered,
      succeededPerSecond: succeeded,
    });
    expect(answersOf([point('before', 10, 10), point('after', 10, 7)])).toBe('one');
    expect(answersOf([point('before', 1000, 1000), point('after', 1000, 700)])).toMatchObject({
      laterPerSecond: 700,
      toTheEnd: true,
    });
    // A smaller share is no other answer, however many calls there are.
    expect(answersOf([point('before', 1e6, 1e6), point('after', 1e6, 0.95e6)])).toBe('one');
  });

  it('has the highest percentile with enough answers, and says where there are too few', () => {
    const load = many(80, 300);
    expect(responseOf(runOf(load, load)).quantile).toBe(0.9);
    expect(responseOf(runOf(many(80, 1000), many(80, 1000))).quantile).toBe(0.99);
    const few = responseOf(runOf(many(80, 2), many(80, 2)));
    expect(few.quantile).toBeUndefined();
    expect(timeSentence(few)).toContain('Too few');
    const half = load.map((count, at) => (at < 40 ? count : 0));
    expect(timeSentence(responseOf(runOf(load, half, '40-80')))).toContain('no point');
  });
});
