import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../budget/budget.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';
import { Task } from './call.ts';
import type { RetryStop } from './host.ts';
import { Reason } from './reason.ts';
import type { PolicySettings, RetrySettings } from './settings.ts';

interface Story {
  readonly host: ScriptedHost;
  readonly delaysMs: number[];
  readonly stops: RetryStop[];
}

function storyOf(settings: PolicySettings): Story {
  const delaysMs: number[] = [];
  const stops: RetryStop[] = [];
  const host = new ScriptedHost(settings, {
    observer: {
      retryScheduled: (call, delayMs) => delaysMs.push(delayMs),
      retryStopped: (call, stop) => stops.push(stop),
    },
  });
  return { host, delaysMs, stops };
}

function told(settings: PolicySettings, acts: readonly Act[], task?: Task): Story {
  const story = storyOf(settings);
  story.host.start(acts, task === undefined ? {} : { task });
  story.host.clock.runAll();
  expect(story.host.violations).toEqual([]);
  return story;
}

const retry: RetrySettings = defaults.retry;
const noExtra = { share: 0, floorPerSecond: 0, withinMs: 1000 };

describe('a retry', () => {
  it('follows an attempt that failed, after the back-off', () => {
    const { host, delaysMs } = told({ retry }, [failure(5), failure(5), success(5)]);
    expect(host.log).toEqual([
      '0 0 attempt 1',
      '15 0 attempt 2',
      '40 0 attempt 3',
      '45 0 succeeded',
    ]);
    expect(delaysMs).toEqual([10, 20]);
  });

  it('follows a timeout', () => {
    const { host } = told({ retry, timeoutMs: 10 }, [hang, success(1)]);
    expect(host.log.at(-1)).toBe('21 0 succeeded');
  });

  it('holds no slot while it waits', () => {
    const { host } = storyOf({ retry, limit: { concurrency: 1, queue: defaults.queue } });
    host.start([failure(5)]);
    const other = host.start([success(1)]);
    host.clock.advance(6);
    expect(other.outcome).toBe('succeeded');
  });

  it('waits for its turn in the queue again', () => {
    const { host } = storyOf({ retry, limit: { concurrency: 1, queue: defaults.queue } });
    const script = host.start([failure(-1), success(1)]);
    host.start([success(20)]);
    host.clock.runAll();
    expect([script.settledMs, script.attempts]).toEqual([21, 2]);
  });

  it('starts its growth anew for a call that is used again, whatever the jitter', () => {
    for (const jitter of ['none', 'decorrelated', 'smooth'] as const) {
      const settings = { retry: { ...retry, backoff: { ...retry.backoff, jitter } } };
      const [fresh, reused] = [storyOf(settings), storyOf(settings)];
      const { call } = reused.host.start([failure(-1)]);
      reused.host.clock.runAll();
      reused.host.start([failure(-1)], { call });
      reused.host.clock.runAll();
      for (let calls = 0; calls < 2; calls++) {
        fresh.host.start([failure(-1)]);
        fresh.host.clock.runAll();
      }
      expect(reused.delaysMs).toEqual(fresh.delaysMs);
    }
  });
});

/** Fails at once, and asks for a wait. */
function asked(retryAfterMs: number): Act {
  return { ...failure(-1), retryAfterMs };
}

describe('Retry-After', () => {
  it('is honoured exactly, and up to half of it is added', () => {
    const { delaysMs } = told({ retry }, [asked(1000), success(-1)]);
    expect(delaysMs[0]).toBeGreaterThanOrEqual(1000);
    expect(delaysMs[0]).toBeLessThan(1500);
  });

  it('beyond the maximum is not waited for', () => {
    const { stops, host } = told({ retry }, [asked(30_001)]);
    expect(stops).toEqual(['retry-after']);
    expect(host.scripts[0]!.settledMs).toBe(0);
  });

  it('beyond the deadline is not waited for', () => {
    expect(told({ retry, deadlineMs: 500 }, [asked(1000)]).stops).toEqual(['deadline']);
  });
});

describe('no retry', () => {
  it('after the last attempt', () => {
    expect(told({ retry }, [failure(1)]).stops).toEqual(['attempts']);
  });

  it('without attempts left for the task', () => {
    const task = new Task();
    task.attemptsLeft = 2;
    const { stops, host } = told({ retry }, [failure(1)], task);
    expect([stops, host.scripts[0]!.attempts]).toEqual([['task-attempts'], 2]);
  });

  it('that the deadline would overtake', () => {
    const { stops, host } = told({ retry, deadlineMs: 15 }, [failure(5)]);
    expect(stops).toEqual(['deadline']);
    expect(host.log.at(-1)).toBe('5 0 failed error');
  });

  it('that the budget refuses', () => {
    const budget = noExtra;
    expect(told({ retry: { ...retry, budget } }, [failure(1)]).stops).toEqual(['budget']);
  });

  it('is charged when another rule has stopped it', () => {
    const budget = { ...noExtra, share: 1 };
    const { host } = told({ retry: { ...retry, attempts: 1, budget } }, [failure(1)]);
    expect(host.engine.budgetLeft).toBe(1);
  });

  it('for a reason that is not worth it, and then nothing is said of it', () => {
    const { stops, host } = told({ retry: { ...retry, on: new Set([Reason.reset]) } }, [
      failure(1),
    ]);
    expect([stops, host.scripts[0]!.attempts]).toEqual([[], 1]);
  });

  it('for a local rejection, even where the settings ask for it', () => {
    const on = new Set<Reason>([Reason.queueFull]);
    const { host } = told({ retry: { ...retry, on } }, [failure(1, Reason.queueFull)]);
    expect(host.scripts[0]!.attempts).toBe(1);
  });
});

describe('the budget', () => {
  it('is charged when a retry is decided, not when it runs', () => {
    const budget = { ...noExtra, share: 0.5 };
    const { host, stops } = storyOf({ retry: { ...retry, attempts: 2, budget } });
    for (let call = 0; call < 100; call++) host.start([failure(5)]);
    host.clock.advance(5);
    // All hundred failed in the same instant, and no retry runs yet.
    expect(host.engine.budgetLeft).toBe(0);
    expect(stops.length).toBe(50);
  });

  it('can be shared by several engines', () => {
    const budget = new RetryBudget({ ...noExtra, share: 0.5 }, 0);
    const hosts = [0, 1].map(() => new ScriptedHost({ retry }, { budget }));
    for (const host of hosts) host.start([failure(-1)]);
    for (const host of hosts) host.clock.runAll();
    expect(hosts.map(({ scripts }) => scripts[0]!.attempts)).toEqual([1, 2]);
  });

  it('is not there when there is none', () => {
    expect(storyOf({ retry }).host.engine.budgetLeft).toBe(-1);
  });
});

describe('the attempts of a task', () => {
  it('are used up by each attempt, of every call that shares it', () => {
    const task = new Task();
    task.attemptsLeft = 3;
    const { host } = storyOf({ retry: { ...retry, attempts: 2 } });
    host.start([failure(-1)], { task });
    host.clock.runAll();
    host.start([success(-1)], { task });
    const refused = host.start([success(-1)], { task });
    expect([refused.reason, task.attemptsLeft]).toEqual([Reason.attemptsSpent, 0]);
  });

  it('are capped by `taskAttempts` for this call and all below it', () => {
    const { host } = storyOf({ retry, taskAttempts: 2 });
    const script = host.start([failure(-1)]);
    const below = script.call.handDown();
    expect(below.attemptsAllowed()).toBe(1);
    below.useAttempt();
    host.clock.runAll();
    expect(script.attempts).toBe(1);
  });

  it('are handed down with the deadline of the call', () => {
    const { host } = storyOf({ deadlineMs: 50 });
    const task = new Task();
    task.deadlineMs = 200;
    const { call } = host.start([hang], { task });
    const below = call.handDown();
    expect([below.deadlineMs, below.parent, task.deadlineMs]).toEqual([50, task, 200]);
  });
});
