import { describe, expect, it } from 'vitest';

import { read } from './testing/trial.ts';
import { nominalLoad, triggersOf } from './triggers.ts';

function withRate(rate: string, scenario: string = ''): ReturnType<typeof read> {
  return read(`
run: { warmUp: 5s }
services: { server: { steps: [{ wait: 5ms }] } }
traffic: { users: { to: server, rate: ${rate} } }
${scenario}`);
}

const spike = '[{ at: 0s, rate: 40/s }, { at: 20s, rate: 80/s }, { at: 30s, rate: 40/s }]';

describe('triggers', () => {
  it('are the faults of the scenario, in order of time', () => {
    const model = withRate(
      '10/s',
      'scenarios: { two: [{ at: 60s, for: 10s, slow: server, by: 2x }, { at: 30s, for: 5s, kill: server }] }',
    );
    const triggers = triggersOf(model, model.scenarios[0]);
    expect(triggers.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [30_000, 35_000],
      [60_000, 70_000],
    ]);
    expect(triggersOf(model, undefined)).toEqual([]);
  });

  it('are spikes of the traffic that come back', () => {
    expect(triggersOf(withRate(spike), undefined)).toMatchObject([
      { fromMs: 20_000, toMs: 30_000, text: 'more traffic from users' },
    ]);
  });

  it('are not a rise that stays, nor a dip, nor a tenth more', () => {
    expect(
      triggersOf(withRate('[{ at: 0s, rate: 40/s }, { at: 20s, rate: 80/s }]'), undefined),
    ).toEqual([]);
    expect(triggersOf(withRate(spike.replace('80/s', '20/s')), undefined)).toEqual([]);
    expect(triggersOf(withRate(spike.replace('80/s', '44/s')), undefined)).toEqual([]);
  });
});

describe('nominalLoad', () => {
  it('follows steps and slopes', () => {
    const model = withRate('[{ at: 0s, rate: 40/s }, { at: 20s, rate: 80/s, over: 10s }]');
    const at = (atMs: number): number => nominalLoad(model.sources[0]!, 0, undefined, atMs);
    expect(at(10_000)).toBe(40);
    expect(at(25_000)).toBe(60);
    expect(at(60_000)).toBe(80);
  });

  it('counts bursts while they last, and users for closed traffic', () => {
    const burst = 'scenarios: { burst: [{ at: 20s, for: 10s, burst: users, by: 3x }] }';
    const model = withRate('40/s', burst);
    const at = (atMs: number): number =>
      nominalLoad(model.sources[0]!, 0, model.scenarios[0], atMs);
    expect([at(19_000), at(20_000), at(30_000)]).toEqual([40, 120, 40]);
    const closed = read(`
services: { server: { steps: [{ wait: 5ms }] } }
traffic: { people: { to: server, users: 50, think: 1s } }`);
    expect(nominalLoad(closed.sources[0]!, 0, undefined, 0)).toBe(50);
  });
});
