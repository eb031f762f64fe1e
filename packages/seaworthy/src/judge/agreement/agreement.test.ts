import { describe, expect, it } from 'vitest';
import type { Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { simulate } from '../../simulate/simulate.ts';
import { read } from '../testing/trial.ts';
import { agreementOf } from './agreement.ts';

function shop(bank: string, scenario: string): Model {
  return read(`
run: { for: 60s, warmUp: 10s }
services:
  web: { steps: [{ call: bank }] }
  bank: { concurrency: 6, steps: [{ wait: ${bank} }] }
calls: { web -> bank: { timeout: 500ms, retry: { attempts: 2 } } }
traffic: { shoppers: { to: web, rate: 40/s } }
scenarios: { trial: [${scenario}] }
objectives: [web p99 < 1s, web success > 99% from 40s to 60s]
`);
}

const brownOut = '{ at: 20s, for: 10s, slow: bank, adds: 200ms }';
const rush = '{ at: 20s, for: 40s, burst: shoppers, by: 5x, over: 40s }';

function runs(model: Model, scenario: Scenario | undefined, seeds: readonly number[]): Run[] {
  return seeds.map((seed, replication) => simulate(model, { scenario, seed, replication }));
}

/** Simulated as the file says; "rehearsed" in virtual time, where the bank takes so long. */
function agreement(bank: string, fault: string, scenario?: 'calm') {
  const model = shop('{ p50: 50ms, p99: 150ms }', fault);
  const played = scenario === 'calm' ? undefined : model.scenarios[0];
  const [rehearsed] = runs(shop(bank, fault), played, [4]);
  return agreementOf(model, played, runs(model, played, [1, 2, 3]), rehearsed!);
}

describe('agreement', () => {
  it('is found where the same happens, with other dice', () => {
    const { sameVerdict, simulated, rehearsed, objectives, signals } = agreement(
      '{ p50: 50ms, p99: 150ms }',
      brownOut,
    );
    expect({ sameVerdict, simulated, rehearsed }).toEqual({
      sameVerdict: true,
      simulated: 'fail',
      rehearsed: 'fail',
    });
    expect(objectives.map(({ text }) => text)).toEqual([
      'web p99 < 1s',
      'web success > 99% from 40s to 60s',
    ]);
    expect(signals.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(new Set(signals.map(({ phase }) => phase.name))).toEqual(
      new Set(['before', 'during', 'after']),
    );
    expect(new Set(signals.map(({ subject, name }) => `${subject} ${name}`))).toEqual(
      new Set([
        'shoppers offered',
        'shoppers goodput',
        'shoppers success',
        'shoppers p50',
        'shoppers p90',
        'web -> bank attempts',
        'web -> bank failed',
        'web -> bank in flight',
      ]),
    );
  });

  it('is missed by the signals that differ, and by no others', () => {
    const { sameVerdict, signals } = agreement('{ p50: 70ms, p99: 210ms }', brownOut, 'calm');
    expect(sameVerdict).toBe(true);
    const missed = signals.filter(({ agrees }) => !agrees);
    expect(missed.map(({ subject, name }) => `${subject} ${name}`)).toEqual([
      'shoppers p50',
      'shoppers p90',
      'shoppers p99',
      'web -> bank in flight',
    ]);
    for (const { apart } of missed) expect(apart).toBeCloseTo(0.4, 0.5);
    expect(missed.every(({ phase }) => phase.name === 'all')).toBe(true);
  });

  it('is missed by the verdict', () => {
    const { sameVerdict, simulated, rehearsed, objectives } = agreement('200ms', brownOut, 'calm');
    expect({ sameVerdict, simulated, rehearsed }).toEqual({
      sameVerdict: false,
      simulated: 'pass',
      rehearsed: 'fail',
    });
    expect(objectives.map((each) => [each.simulated, each.rehearsed])).toContainEqual([
      'pass',
      'fail',
    ]);
  });

  it('compares the knee where traffic climbs', () => {
    // Six slots of 55.9 ms on average: 107 tasks a second, which are seen a little later.
    const [same] = agreement('{ p50: 50ms, p99: 150ms }', rush).signals.slice(-1);
    expect(same).toMatchObject({ subject: 'shoppers', name: 'knee', agrees: true });
    expect(same!.rehearsed).toBeGreaterThan(97);
    expect(same!.rehearsed).toBeLessThan(127);
    const [never] = agreement('1ms', rush).signals.slice(-1);
    expect(never).toMatchObject({ name: 'knee', rehearsed: Infinity, agrees: false });
  });

  it('leaves the knee out where nothing came back before the traffic climbs', () => {
    const names = agreement('1000s', rush).signals.map(({ name }) => name);
    expect(names).toContain('goodput');
    expect(names).not.toContain('knee');
  });
});
