import { describe, expect, it } from 'vitest';
import { Criticality, levelAt } from '../admission/criticality.ts';
import { Task } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import { plainCache } from '../testing/plain-cache.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { CacheSettings } from './settings.ts';

function host(cache: Partial<CacheSettings>, settings: PolicySettings = {}): ScriptedHost {
  return new ScriptedHost({ ...settings, cache: { ...plainCache, ...cache } });
}

const key = 'a';

describe('single flight', () => {
  it('lets calls join the flight of the first, and gives all of them its answer', () => {
    const policy = host({});
    const first = policy.start([success(10)], { key });
    policy.clock.advance(5);
    const second = policy.start([success(10)], { key });
    const other = policy.start([success(10)], { key: 'b' });
    expect(policy.flights.size).toBe(2);
    policy.clock.advance(5);
    expect([first, second, other].map((one) => one.outcome)).toEqual([
      'succeeded',
      'succeeded',
      'pending',
    ]);
    expect([first.call.cached, second.call.cached]).toEqual(['miss', 'joined']);
    expect(second.call.value).toBe(10);
    const third = policy.start([success(10)], { key });
    expect([third.settledMs, third.call.cached, third.call.value]).toEqual([10, 'hit', 10]);
  });

  it('flies on when the caller that began it leaves', () => {
    const policy = host({});
    const first = policy.start([success(10)], { key });
    const second = policy.start([], { key });
    policy.engine.cancel(first.call);
    expect([first.reason, first.settledMs]).toEqual([Reason.cancelled, 0]);
    policy.clock.advance(10);
    expect(second.outcome).toBe('succeeded');
  });

  it('asks anew for those of a higher class when it was shed for the one that began it', () => {
    const policy = host({});
    const of = (criticality: Criticality): Task => {
      const task = new Task();
      task.level = levelAt(criticality, 0.5);
      return task;
    };
    const [low, high] = [of(Criticality.sheddable), of(Criticality.critical)];
    const first = policy.start([failure(10, Reason.shed)], { key, task: low });
    const second = policy.start([success(10)], { key, task: high });
    const third = policy.start([success(10)], { key, task: high });
    policy.clock.advance(10);
    expect([first.outcome, first.reason]).toEqual(['failed', Reason.shed]);
    expect([second.outcome, third.outcome, policy.flights.size]).toEqual(['pending', 'pending', 1]);
    policy.clock.advance(10);
    expect([second, third].map((one) => one.outcome)).toEqual(['succeeded', 'succeeded']);
    expect(policy.violations).toEqual([]);
  });

  it('fails all that wait with the reason of the flight, and each runs its own fallback', () => {
    const policy = host({}, { fallbacks: 1 });
    const all = [1, 2, 3].map(() => policy.start([failure(10, Reason.reset)], { key }));
    policy.clock.advance(10);
    expect(all.map((one) => [one.outcome, one.reason, one.links])).toEqual(
      all.map(() => ['fallback', Reason.reset, 1]),
    );
  });

  it('without it, every overlapping miss fetches by itself and ends with its caller', () => {
    const policy = host({ singleFlight: false });
    const [first] = [1, 2, 3].map(() => policy.start([success(10)], { key }));
    expect(policy.inFlight).toBe(3);
    policy.engine.cancel(first!.call);
    expect(policy.inFlight).toBe(2);
    policy.clock.advance(10);
    expect(policy.start([hang], { key }).call.cached).toBe('hit');
  });
});

describe('a flight', () => {
  it('ends when none of its callers would have waited longer from its start', () => {
    const policy = host({}, { deadlineMs: 100 });
    const patient = policy.start([hang], { key });
    policy.clock.advance(60);
    const later = policy.start([hang], { key });
    policy.clock.advance(40);
    expect([patient.reason, patient.settledMs]).toEqual([Reason.deadline, 100]);
    expect([later.reason, later.settledMs]).toEqual([Reason.deadline, 100]);
    expect(policy.flights.size).toBe(0);
  });

  it('takes the time of a caller that has more', () => {
    const policy = host({});
    const task = new Task();
    task.deadlineMs = 20;
    const hurried = policy.start([success(50)], { key, task });
    const patient = policy.start([], { key });
    policy.clock.advance(20);
    expect([hurried.reason, hurried.settledMs]).toEqual([Reason.deadline, 20]);
    policy.clock.advance(30);
    expect([patient.outcome, patient.settledMs]).toEqual(['succeeded', 50]);
  });

  it('is remembered where all have left', () => {
    const policy = host({});
    policy.engine.cancel(policy.start([success(10)], { key }).call);
    policy.clock.advance(10);
    expect(policy.start([hang], { key }).call.cached).toBe('hit');
  });

  it('dies with its process', () => {
    const policy = host({});
    const waiting = policy.start([hang], { key });
    policy.engine.shutdown();
    expect(waiting.outcome).toBe('pending');
    policy.engine.abandonFlights();
    expect([waiting.reason, policy.inFlight, policy.flights.size]).toEqual([Reason.shutdown, 0, 0]);
  });
});

describe('old answers', () => {
  it('are given while one refresh a key runs in the background', () => {
    const policy = host({ staleWhileRevalidateMs: 500 });
    policy.start([success(-1)], { key });
    policy.clock.advance(1200);
    const all = [1, 2, 3].map(() => policy.start([success(10)], { key }));
    expect(all.map((one) => [one.settledMs, one.call.cached, one.call.value])).toEqual(
      all.map(() => [1200, 'stale', 0]),
    );
    expect(policy.flights.size).toBe(1);
    policy.clock.advance(10);
    expect(policy.start([], { key }).call.value).toBe(1210);
  });

  it('are not refreshed without budget', () => {
    const budget = { share: 0, floorPerSecond: 1, withinMs: 1000 };
    const retry = { ...defaults.retry, budget };
    let stopped = 0;
    const policy = new ScriptedHost(
      { retry, cache: { ...plainCache, staleWhileRevalidateMs: 5000 } },
      { observer: { refreshStopped: () => stopped++ } },
    );
    for (const one of ['a', 'b']) policy.start([success(-1)], { key: one });
    policy.clock.advance(2000);
    for (const one of ['a', 'b']) policy.start([hang], { key: one });
    expect([policy.flights.size, stopped]).toEqual([1, 1]);
  });

  it('are given when the flight fails, or takes longer than the caller has', () => {
    const policy = host({ staleIfErrorMs: 5000 }, { deadlineMs: 100 });
    policy.start([success(-1)], { key });
    policy.clock.advance(2000);
    const failed = policy.start([failure(10)], { key });
    policy.clock.advance(10);
    expect([failed.outcome, failed.call.cached, failed.call.value]).toEqual([
      'succeeded',
      'rescued',
      0,
    ]);
    expect(failed.reason).toBe(Reason.error);
    const late = policy.start([hang], { key });
    policy.clock.advance(100);
    expect([late.outcome, late.reason, late.call.cached]).toEqual([
      'succeeded',
      Reason.deadline,
      'rescued',
    ]);
  });
});

describe('failures', () => {
  it('are remembered for a short time, those of the dependency alone', () => {
    const policy = host({ negativeMs: 50 });
    policy.start([failure(-1, Reason.overloaded)], { key });
    policy.start([failure(-1, Reason.queueFull)], { key: 'b' });
    const soon = policy.start([success(-1)], { key });
    expect([soon.reason, soon.attempts, soon.call.cached]).toEqual([
      Reason.overloaded,
      0,
      'failed',
    ]);
    expect(policy.start([success(-1)], { key: 'b' }).outcome).toBe('succeeded');
    policy.clock.advance(50);
    expect(policy.start([success(-1)], { key }).outcome).toBe('succeeded');
  });
});

describe('a call without a key', () => {
  it('is not cached', () => {
    const policy = host({});
    for (const _ of [1, 2]) policy.start([success(-1)]);
    expect(policy.scripts.map((script) => [script.attempts, script.call.cached])).toEqual([
      [1, 'none'],
      [1, 'none'],
    ]);
  });
});
