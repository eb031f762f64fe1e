import { describe, expect, it } from 'vitest';
import { Codel } from './codel.ts';

function codel(): Codel {
  return new Codel({ targetMs: 5, intervalMs: 100 });
}

/** The verdicts on calls that waited `waitMs`, one every `everyMs`, from `fromMs` to `toMs`. */
function verdicts(judge: Codel, waitMs: number, fromMs: number, toMs: number, everyMs = 10) {
  const dropped: number[] = [];
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += everyMs) {
    if (judge.drops(waitMs, nowMs)) dropped.push(nowMs);
  }
  return dropped;
}

describe('CoDel', () => {
  it('drops nothing in the first interval, however long the wait', () => {
    expect(verdicts(codel(), 1000, 0, 100)).toEqual([]);
  });

  it('drops what waited over two targets once a whole interval stood above the target', () => {
    const judge = codel();
    verdicts(judge, 11, 0, 100);
    // The call at 110 ends the interval; the first of the next one is never dropped.
    expect(verdicts(judge, 11, 110, 150)).toEqual([120, 130, 140, 150]);
  });

  it('keeps what waited no longer than two targets', () => {
    const judge = codel();
    verdicts(judge, 10, 0, 100);
    expect(verdicts(judge, 10, 110, 200)).toEqual([]);
  });

  it('takes one short wait in the interval as proof that nothing stands', () => {
    const judge = codel();
    verdicts(judge, 50, 0, 90);
    judge.drops(5, 95);
    expect(verdicts(judge, 50, 110, 200)).toEqual([]);
  });

  it('recovers an interval after the queue does', () => {
    const judge = codel();
    verdicts(judge, 50, 0, 100);
    verdicts(judge, 1, 110, 210);
    expect(verdicts(judge, 50, 220, 300)).toEqual([]);
  });

  it('forgets the overload when an interval passes without any call', () => {
    const judge = codel();
    verdicts(judge, 50, 0, 200);
    expect(verdicts(judge, 50, 420, 500)).toEqual([]);
  });
});
