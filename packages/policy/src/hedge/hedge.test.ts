import { describe, expect, it } from 'vitest';
import { Call, Task } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { HedgeSettings, PolicySettings } from '../call/settings.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';
import { VirtualClock } from '../virtual/virtual-clock.ts';

const hedge: HedgeSettings = { delay: 10, most: 1 };
const tight = { share: 0, floorPerSecond: 0, withinMs: 1000 };

/** The log of one call that hedges after 10 ms, after everything has happened. */
function logOf(settings: PolicySettings, acts: readonly Act[], links: readonly Act[] = []) {
  const host = new ScriptedHost({ hedge, ...settings });
  host.start(acts, { links });
  host.clock.runAll();
  expect(host.violations).toEqual([]);
  expect(host.engine.inFlight).toBe(0);
  return host.log;
}

describe('a hedge', () => {
  it('starts when the first attempt has run alone for the delay; the first success wins', () => {
    expect(logOf({}, [success(30), success(5)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '15 0 cancel overtaken',
      '15 0 succeeded',
    ]);
  });

  it('is cancelled when the first attempt succeeds after all', () => {
    expect(logOf({}, [success(12), success(5)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '12 0 cancel hedge overtaken',
      '12 0 succeeded',
    ]);
  });

  it('is not needed when the first attempt ends before the delay, well or badly', () => {
    expect(logOf({}, [success(9)])).toEqual(['0 0 attempt 1', '9 0 succeeded']);
    expect(logOf({}, [failure(9)])).toEqual(['0 0 attempt 1', '9 0 failed error']);
  });

  it('may start in the same instant, and succeed from within startAttempt', () => {
    const log = logOf({ hedge: { delay: 0, most: 1 } }, [hang, success(-1)]);
    expect(log).toEqual(['0 0 attempt 1', '0 0 hedge 2', '0 0 cancel overtaken', '0 0 succeeded']);
  });

  it('is waited for when the first attempt fails', () => {
    expect(logOf({}, [failure(12), success(5)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '15 0 succeeded',
    ]);
  });

  it('that fails is waited for by nobody', () => {
    expect(logOf({}, [success(20), failure(5)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '20 0 succeeded',
    ]);
  });

  it('has the timeout to itself, from its own start', () => {
    expect(logOf({ timeoutMs: 20 }, [hang])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '20 0 cancel timeout',
      '30 0 cancel hedge timeout',
      '30 0 failed timeout',
    ]);
  });

  it('ends at the deadline with the call, and leaves the rest to the fallback', () => {
    expect(logOf({ deadlineMs: 15, fallbacks: 1 }, [hang], [success(1)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '15 0 cancel deadline',
      '15 0 cancel hedge deadline',
      '15 0 fallback 0',
      '16 0 fallback',
    ]);
  });

  it('leaves with its caller, in the same turn', () => {
    const host = new ScriptedHost({ hedge });
    const { call } = host.start([hang]);
    host.clock.advance(12);
    expect(host.engine.inFlight).toBe(2);
    host.engine.cancel(call);
    expect(host.log.slice(2)).toEqual([
      '12 0 cancel hedge cancelled',
      '12 0 cancel cancelled',
      '12 0 failed cancelled',
    ]);
    expect([host.engine.inFlight, host.violations]).toEqual([0, []]);
  });

  it('does nothing any more when it loses and reports late (P10)', () => {
    const late: Act = { afterMs: 15, reason: Reason.error, lateMs: 15 };
    const host = new ScriptedHost({ hedge, breaker: defaults.breaker });
    const first = host.start([success(12), late]);
    host.clock.advance(12);
    expect([first.outcome, host.engine.inFlight]).toEqual(['succeeded', 1]);
    host.clock.runAll();
    expect([host.engine.inFlight, host.engine.breakerState]).toEqual([0, 'closed']);
    expect(host.log.at(-1)).toBe('12 0 succeeded');
  });

  it('is not started by a timer that fires when the attempt has ended, too', () => {
    let heldUpMs = 0;
    class HeldUp extends VirtualClock {
      override now = (): number => super.now() + heldUpMs;
    }
    const host = new ScriptedHost({ hedge, timeoutMs: 20 }, {}, new HeldUp());
    const script = host.start([hang]);
    heldUpMs = 50;
    host.clock.advance(10);
    expect([script.attempts, script.outcome]).toEqual([1, 'failed']);
  });
});

describe('a hedge and the retries of its call', () => {
  const retry = { ...defaults.retry, attempts: 4 };

  it('are decided once, when both have failed', () => {
    expect(logOf({ retry }, [failure(12), failure(5), success(1)])).toEqual([
      '0 0 attempt 1',
      '10 0 hedge 2',
      '35 0 attempt 3',
      '36 0 succeeded',
    ]);
  });

  it('count as tries of one call together', () => {
    const log = logOf({ retry: { ...retry, attempts: 2 } }, [failure(12), failure(5)]);
    expect(log).toEqual(['0 0 attempt 1', '10 0 hedge 2', '15 0 failed error']);
    expect(logOf({ retry: { ...retry, attempts: 1 } }, [success(12)])).toHaveLength(2);
  });

  it('do not follow a failure that is not worth another attempt, whichever had it', () => {
    const on = new Set<Reason>([Reason.timeout]);
    const settings = { retry: { ...retry, on } };
    expect(logOf(settings, [failure(12, Reason.timeout), failure(5)])).toHaveLength(3);
    expect(logOf(settings, [failure(12), failure(5, Reason.timeout)])).toHaveLength(3);
    expect(logOf(settings, [failure(20, Reason.timeout), failure(5)]).at(-1)).toBe(
      '20 0 failed error',
    );
  });

  it('wait for the later of the times that the dependency asked for', () => {
    const log = logOf({ retry: { ...retry, attempts: 3 } }, [
      { ...failure(12, Reason.overloaded), retryAfterMs: 1000 },
      failure(5),
      success(1),
    ]);
    const [atMs, , what] = log[2]!.split(' ');
    expect(what).toBe('attempt');
    expect(Number(atMs)).toBeGreaterThanOrEqual(1015);
  });

  it('hedge a retry too, where more hedges are allowed', () => {
    const acts = [failure(1), hang, success(1)];
    expect(logOf({ retry, hedge: { delay: 10, most: 2 } }, acts)).toEqual([
      '0 0 attempt 1',
      '11 0 attempt 2',
      '21 0 hedge 3',
      '22 0 cancel overtaken',
      '22 0 succeeded',
    ]);
  });
});

describe('a hedge is left out, and its call goes on,', () => {
  /** Why it was, of the second call of two, of which the first has its hedge. */
  function stopsOf(settings: PolicySettings, second: readonly Act[] = [success(20)]) {
    const stops: string[] = [];
    const host = new ScriptedHost(
      { hedge, ...settings },
      { observer: { hedgeStopped: (call, stop) => stops.push(`${call.owner} ${stop}`) } },
    );
    host.start([hang]);
    const script = host.start(second);
    host.clock.advance(25);
    expect([script.outcome, host.violations]).toEqual(['succeeded', []]);
    return stops;
  }

  it('when the budget of the retries is empty', () => {
    const budget = { ...tight, floorPerSecond: 1 };
    expect(stopsOf({ retry: { ...defaults.retry, budget } })).toEqual(['1 budget']);
  });

  it('when its own budget is empty, where retries have none', () => {
    const own = { ...hedge, budget: { ...tight, share: 0.5 } };
    expect(stopsOf({ hedge: own })).toEqual(['1 budget']);
    expect(stopsOf({ hedge: own, retry: defaults.retry })).toEqual(['1 budget']);
  });

  it('when no slot is free at once: it never waits', () => {
    const limit = { concurrency: 3, queue: defaults.queue };
    expect(stopsOf({ limit })).toEqual(['1 limit']);
  });

  it('when the breaker is not closed', () => {
    const stops: string[] = [];
    const host = new ScriptedHost(
      { hedge, breaker: defaults.breaker },
      { observer: { hedgeStopped: (_call, stop) => stops.push(stop) } },
    );
    host.start([success(20)]);
    host.start([failure(1)]);
    host.start([failure(1)]);
    host.clock.runAll();
    expect([stops, host.scripts[0]!.outcome]).toEqual([['breaker'], 'succeeded']);
  });

  it('when the task has no attempt left (P7)', () => {
    const host = new ScriptedHost({ hedge });
    const task = new Task();
    task.attemptsLeft = 3;
    host.start([success(20)], { task });
    host.start([success(20)], { task });
    host.clock.runAll();
    expect(task.attemptsLeft).toBe(0);
    expect(host.scripts.map(({ attempts, outcome }) => [attempts, outcome])).toEqual([
      [2, 'succeeded'],
      [1, 'succeeded'],
    ]);
  });

  it('when the policy shuts down', () => {
    const host = new ScriptedHost({ hedge });
    const script = host.start([success(20)]);
    host.engine.shutdown();
    host.clock.runAll();
    expect([script.attempts, script.outcome]).toEqual([1, 'succeeded']);
  });

  it('and takes nothing out of the budget when it is left out for anything else', () => {
    const limit = { concurrency: 1, queue: defaults.queue };
    const budget = { ...tight, floorPerSecond: 1 };
    const host = new ScriptedHost({ hedge, limit, retry: { ...defaults.retry, budget } });
    host.start([hang]);
    host.clock.advance(11);
    expect([host.scripts[0]!.attempts, host.engine.budgetLeft]).toEqual([1, 1]);
  });
});

describe('the record of a hedge', () => {
  it('is made by a host that needs more on it, once for hedges that follow each other', () => {
    class Own extends Call {}
    let made = 0;
    const host = new ScriptedHost({ hedge });
    const records: Call[] = [];
    Object.assign(host, {
      createHedge: () => {
        made++;
        return new Own();
      },
    });
    host.onAttempt = (_script, call) => void (call.hedgeOf && records.push(call));
    for (let start = 0; start < 3; start++) {
      const { call } = host.start([hang]);
      host.clock.advance(10);
      expect(records.at(-1)).toBeInstanceOf(Own);
      expect(records.at(-1)?.hedgeOf).toBe(call);
      host.report(call, call.token, success(0));
    }
    expect([made, records.length, host.violations]).toEqual([1, 3, []]);
  });
});
