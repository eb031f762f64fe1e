import { describe, expect, it } from 'vitest';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';
import { Call, Task } from './call.ts';
import { Reason } from './reason.ts';
import type { PolicySettings } from './settings.ts';

/** The log of one call under `settings`, after everything has happened. */
function logOf(settings: PolicySettings, acts: readonly Act[], links: readonly Act[] = []) {
  const host = new ScriptedHost(settings);
  host.start(acts, { links });
  host.clock.runAll();
  expect(host.violations).toEqual([]);
  return host.log;
}

describe('a call', () => {
  it('succeeds when its attempt does', () => {
    expect(logOf({}, [success(5)])).toEqual(['0 0 attempt 1', '5 0 succeeded']);
  });

  it('may succeed from within startAttempt', () => {
    expect(logOf({}, [success(-1)])).toEqual(['0 0 attempt 1', '0 0 succeeded']);
  });

  it('fails with the reason of its attempt', () => {
    expect(logOf({}, [failure(5, Reason.reset)])).toEqual(['0 0 attempt 1', '5 0 failed reset']);
  });

  it('can be used again once it has settled, and not before', () => {
    const host = new ScriptedHost({});
    const { call } = host.start([success(5)]);
    expect(() => host.engine.start(call)).toThrow('before it has settled');
    host.clock.runAll();
    const again = host.start([failure(5)], { call });
    host.clock.runAll();
    expect(again.outcome).toBe('failed');
  });
});

describe('the attempt timeout', () => {
  it('cancels the attempt and ignores what it reports later', () => {
    const log = logOf({ timeoutMs: 10 }, [success(15)]);
    expect(log).toEqual(['0 0 attempt 1', '10 0 cancel timeout', '10 0 failed timeout']);
  });

  it('gives way to a deadline that comes no later', () => {
    const log = logOf({ timeoutMs: 10, deadlineMs: 10 }, [hang]);
    expect(log).toEqual(['0 0 attempt 1', '10 0 cancel deadline', '10 0 failed deadline']);
  });

  it('starts when the slot is held, not when the call begins to wait', () => {
    const host = new ScriptedHost({
      timeoutMs: 10,
      limit: { concurrency: 1, queue: defaults.queue },
    });
    host.start([success(8)]);
    const second = host.start([success(8)]);
    host.clock.runAll();
    expect(second.outcome).toBe('succeeded');
    expect(second.settledMs).toBe(16);
  });

  it('keeps the slot of an attempt that cannot be stopped, until that has ended', () => {
    const host = new ScriptedHost({
      timeoutMs: 10,
      limit: { concurrency: 1, queue: defaults.queue },
    });
    host.start([{ ...hang, lateMs: 20 }]);
    const second = host.start([success(1)]);
    host.clock.advance(15);
    expect(host.engine.inFlight).toBe(1);
    host.clock.runAll();
    expect(second.settledMs).toBe(31);
    expect(host.engine.inFlight).toBe(0);
  });

  it('gives no slot back for an abandoned attempt that never was', () => {
    const host = new ScriptedHost({ limit: { concurrency: 1, queue: defaults.queue } });
    host.start([hang]);
    host.engine.abandonedEnded();
    expect(host.engine.inFlight).toBe(1);
  });

  it('lets a caller leave from within cancelAttempt', () => {
    const log = logOf({ timeoutMs: 10, retry: defaults.retry, fallbacks: 1 }, [
      { ...hang, callerLeaves: true },
    ]);
    expect(log).toEqual(['0 0 attempt 1', '10 0 cancel timeout', '10 0 failed cancelled']);
  });
});

describe('the deadline', () => {
  it('ends a call wherever it is', () => {
    const log = logOf({ deadlineMs: 25 }, [hang]);
    expect(log).toEqual(['0 0 attempt 1', '25 0 cancel deadline', '25 0 failed deadline']);
  });

  it('is the earlier of the own and the inherited one', () => {
    const host = new ScriptedHost({ deadlineMs: 25 });
    const task = new Task();
    task.deadlineMs = 20;
    const script = host.start([hang], { task });
    host.clock.runAll();
    expect([script.settledMs, script.reason]).toEqual([20, Reason.deadline]);
  });

  it('refuses a call whose time has passed already', () => {
    const host = new ScriptedHost({});
    const task = new Task();
    task.deadlineMs = 0;
    host.start([hang], { task });
    expect(host.log).toEqual(['0 0 failed deadline']);
  });

  it('keeps the reserve of the fallback back, from an inherited deadline too', () => {
    const host = new ScriptedHost({ fallbackReserveMs: 5, fallbacks: 1 });
    const task = new Task();
    task.deadlineMs = 20;
    host.start([hang], { task, links: [success(4)] });
    host.clock.runAll();
    expect(host.log.slice(1)).toEqual(['15 0 cancel deadline', '15 0 fallback 0', '19 0 fallback']);
  });

  it('ends the wait in the queue', () => {
    const host = new ScriptedHost({
      deadlineMs: 25,
      limit: { concurrency: 1, queue: defaults.queue },
    });
    host.start([success(20)]);
    host.clock.advance(1);
    host.start([success(30)]);
    const third = host.start([success(1)]);
    host.clock.runAll();
    expect([third.settledMs, third.reason]).toEqual([26, Reason.deadline]);
    expect(third.attempts).toBe(0);
  });
});

describe('cancel', () => {
  const settings = {
    timeoutMs: 100,
    retry: defaults.retry,
    fallbacks: 1,
    limit: { concurrency: 1, queue: defaults.queue },
  };

  it('stops a running attempt, without retry or fallback', () => {
    const host = new ScriptedHost(settings);
    const { call } = host.start([hang]);
    host.engine.cancel(call);
    expect(host.log).toEqual(['0 0 attempt 1', '0 0 cancel cancelled', '0 0 failed cancelled']);
    expect(host.engine.inFlight).toBe(0);
  });

  it('hands the slot over in the same turn', () => {
    const host = new ScriptedHost(settings);
    const { call } = host.start([hang]);
    host.start([hang]);
    host.engine.cancel(call);
    expect(host.log.at(-1)).toBe('0 1 attempt 1');
  });

  it('leaves the queue', () => {
    const host = new ScriptedHost(settings);
    host.start([hang]);
    const { call } = host.start([hang]);
    host.engine.cancel(call);
    expect(host.engine.queued).toBe(0);
    expect(host.log.at(-1)).toBe('0 1 failed cancelled');
  });

  it('ends a back-off', () => {
    const host = new ScriptedHost(settings);
    const script = host.start([failure(-1)]);
    host.engine.cancel(script.call);
    host.clock.runAll();
    expect([script.attempts, script.reason]).toEqual([1, Reason.cancelled]);
  });

  it('stops a fallback link', () => {
    const host = new ScriptedHost({ fallbacks: 2 });
    const { call } = host.start([failure(-1)], { links: [hang] });
    host.engine.cancel(call);
    expect(host.log.slice(-2)).toEqual(['0 0 cancel fallback', '0 0 failed cancelled']);
  });

  it('leaves a call alone that has settled', () => {
    const host = new ScriptedHost({});
    const { call } = host.start([success(-1)]);
    host.engine.cancel(call);
    expect(call.outcome).toBe('succeeded');
  });

  it('takes the reason of the caller', () => {
    const host = new ScriptedHost(settings);
    const script = host.start([hang]);
    host.engine.cancel(script.call, Reason.deadline);
    expect(script.reason).toBe(Reason.deadline);
    expect(script.links).toBe(0);
  });
});

describe('shutdown', () => {
  it('refuses what waits and what comes, and lets running attempts end', () => {
    const host = new ScriptedHost({
      timeoutMs: 100,
      retry: defaults.retry,
      fallbacks: 1,
      limit: { concurrency: 2, queue: defaults.queue },
    });
    host.start([success(30)]);
    host.start([failure(40)]);
    const queued = host.start([hang]);
    host.engine.shutdown();
    expect([queued.outcome, queued.reason]).toEqual(['failed', Reason.shutdown]);
    expect(host.start([hang]).reason).toBe(Reason.shutdown);
    host.clock.runAll();
    expect(host.log.slice(-2)).toEqual(['30 0 succeeded', '40 1 failed error']);
  });

  it('ends back-offs, and drops the armed timer', () => {
    const host = new ScriptedHost({ retry: defaults.retry });
    const script = host.start([failure(-1)]);
    expect(host.clock.pending).toBe(1);
    host.engine.shutdown();
    expect(script.reason).toBe(Reason.shutdown);
    expect(host.clock.pending).toBe(0);
  });

  it('drops the armed timer with the last running attempt', () => {
    const host = new ScriptedHost({ timeoutMs: 100 });
    host.start([success(30)]);
    host.engine.shutdown();
    host.clock.advance(30);
    expect(host.clock.pending).toBe(0);
  });
});

describe('the timers of an engine', () => {
  it('are one, however many calls run', () => {
    const host = new ScriptedHost({ timeoutMs: 100 });
    for (let call = 0; call < 50; call++) host.start([hang]);
    expect(host.clock.pending).toBe(1);
    host.clock.runAll();
    expect(host.clock.pending).toBe(0);
  });

  it('make progress for attempts that fail at once without a delay', () => {
    const retry = {
      ...defaults.retry,
      attempts: Infinity,
      backoff: { ...defaults.retry.backoff, baseMs: 0 },
    };
    const host = new ScriptedHost({ retry });
    const acts = [...Array.from({ length: 20_000 }, () => failure(-1)), success(-1)];
    const script = host.start(acts);
    host.clock.runAll();
    expect([script.outcome, script.attempts]).toEqual(['succeeded', 20_001]);
  });
});

describe('a call object', () => {
  it('ignores what belongs to an earlier life', () => {
    const host = new ScriptedHost({});
    const call = new Call();
    host.start([hang], { call });
    const { token } = call;
    host.engine.cancel(call);
    const script = host.start([hang], { call });
    host.engine.succeed(call, token);
    host.engine.fail(call, token, Reason.error);
    expect(script.outcome).toBe('pending');
  });
});
