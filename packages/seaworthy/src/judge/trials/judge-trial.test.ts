import { describe, expect, it } from 'vitest';

import type { LoadReading } from '../../rehearse/load/load.ts';
import { LoadMeter } from '../../rehearse/load/measure/meter.ts';
import type { RanTrial, TrialAim, Window } from '../../rehearse/trials/trial.ts';
import { Histogram } from '../../signals/histogram.ts';
import { judgeTrial } from './judge-trial.ts';

const settings = { seed: 1, deadlineMs: 1000, forMs: 1000, recoverMs: 10_000, from: 1, most: 200 };
const usual = { successShare: 1, p50Ms: 10, p90Ms: 20 };

function histogramOf(count: number, ms: number): Histogram {
  const histogram = new Histogram();
  histogram.recordMany(ms, count);
  return histogram;
}

/** A tenth of a second with 100 tasks; where nothing else is said, all succeed in 10 ms. */
function window(index: number, tasks: Partial<LoadReading> = {}, inFlight = 10): Window {
  const succeeded = tasks.succeeded ?? 100;
  const reading: LoadReading = {
    ...new LoadMeter().read(100),
    busyShare: 0,
    longestTurnMs: 0,
    starvedShare: 0,
    offered: 100,
    succeeded,
    latency: histogramOf(succeeded, 10),
    lateness: histogramOf(100, 0.1),
    ...tasks,
  };
  const edge = { inFlight } as Window['edges'][number];
  return { fromMs: index * 100, toMs: (index + 1) * 100, tasks: reading, edges: [edge] };
}

const well = [0, 1, 2].map((index) => window(index));

function trial(aim: TrialAim, parts: Partial<RanTrial>): RanTrial {
  return {
    name: aim === 'load' ? 'burst' : 'blackhole',
    aim,
    on: 'database',
    what: 'something is done',
    status: 'ran',
    before: well,
    during: well,
    after: well,
    beganMs: 0,
    overMs: 0,
    touched: 100,
    touchedLeast: 10,
    unit: 'requests',
    crashed: undefined,
    ...parts,
  };
}

function judged(run: RanTrial, carries: number | undefined = 900) {
  const { grade, because } = judgeTrial(run, { usual, carries, settings });
  return [grade, because];
}

const timeouts = { succeeded: 40, failed: { timeout: 60 } };
const errors = { succeeded: 40, failed: { error: 60 } };
const late = { lateness: histogramOf(100, 50) };

describe('a trial', () => {
  it('passes where nobody notices', () => {
    for (const aim of ['load', 'clients', 'dependency', 'process'] as const) {
      expect(judged(trial(aim, {}))).toEqual(['passed', undefined]);
    }
  });

  it('of a dependency fails for silence, not for errors', () => {
    const during = (tasks: Partial<LoadReading>) =>
      trial('dependency', { during: [window(0, tasks)] });
    expect(judged(during(errors))).toEqual(['passed', undefined]);
    expect(judged(during({ succeeded: 98, failed: { timeout: 2 } }))[0]).toBe('passed');
    const why = '60 % of the requests had no answer within 1 s';
    expect(judged(during(timeouts))).toEqual(['failed', why]);
    expect(judged(during({ succeeded: 40, late: { 'all connections busy': 60 } }))[1]).toBe(why);
  });

  it('of clients fails where the others notice', () => {
    const during = (tasks: Partial<LoadReading>) =>
      trial('clients', { during: [window(0, tasks)] });
    expect(judged(during(errors))[1]).toBe('the other clients noticed: 40 % succeeded');
    expect(judged(during({ latency: histogramOf(100, 80) }))[0]).toBe('passed');
  });

  it('of load fails where it leaves less than it carries, and shows nothing below the knee', () => {
    const during = trial('load', { during: [window(0, timeouts)] });
    expect(judged(during)).toEqual(['failed', 'of 900/s that it carries, 400/s were left']);
    const run = judgeTrial(during, { usual, carries: undefined, settings });
    expect(run.grade).toBe('not exercised');
  });

  it('fails where it does not come back, crashes, or its calls hang', () => {
    expect(judged(trial('process', { after: [window(0, errors)] }))).toEqual([
      'failed',
      'not as before 10 s after it was over',
    ]);
    expect(judged(trial('process', { crashed: 'ended with code 1' }))).toEqual([
      'failed',
      'its process ended with code 1',
    ]);
    expect(judged(trial('dependency', { after: [window(0, {}, 16)] }))).toEqual([
      'failed',
      '16 calls of its dependencies are still under way, 10 were before',
    ]);
    expect(judged(trial('dependency', { after: [window(0, {}, 15)] }))[0]).toBe('passed');
  });

  it('says how long it took to come back', () => {
    const after = [window(5, errors), window(6), window(7, errors), window(8), window(9)];
    const run = judgeTrial(trial('process', { after, overMs: 500 }), {
      usual,
      carries: 1,
      settings,
    });
    expect(run).toMatchObject({ grade: 'passed', recoveryMs: 300 });
  });

  it('shows nothing where little was touched', () => {
    expect(judged(trial('dependency', { touched: 0 }))).toEqual([
      'not exercised',
      'nothing that met it came through the proxy of database',
    ]);
    expect(judged(trial('clients', { touched: 9 }))[1]).toBe('only 9 requests met it');
  });

  it('is not failed for what the generator may have done, and passed all the same', () => {
    const during = (tasks: Partial<LoadReading>) =>
      trial('dependency', { during: [window(0, { ...tasks, ...late })] });
    expect(judged(during({}))[0]).toBe('passed');
    expect(judged(during(timeouts))).toEqual([
      'invalid',
      'the generator could not send in time, which may be why: 60 % of the requests had no ' +
        'answer within 1 s',
    ]);
  });
});
