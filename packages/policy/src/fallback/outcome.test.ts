import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import type { Act } from '../testing/scripted-host.ts';

function told(settings: PolicySettings, acts: readonly Act[], links: readonly Act[]): ScriptedHost {
  const host = new ScriptedHost(settings);
  host.start(acts, { links });
  host.clock.runAll();
  expect(host.violations).toEqual([]);
  return host;
}

describe('the fallback', () => {
  it('answers for a call that failed, and keeps the reason', () => {
    const host = told({ fallbacks: 1 }, [failure(5)], [success(2)]);
    expect(host.log).toEqual(['0 0 attempt 1', '5 0 fallback 0', '7 0 fallback']);
    expect(host.scripts[0]!.reason).toBe(Reason.error);
  });

  it('comes after the last retry, not before', () => {
    const host = told({ fallbacks: 1, retry: defaults.retry }, [failure(-1)], [success(-1)]);
    expect(host.log.slice(-2)).toEqual(['30 0 fallback 0', '30 0 fallback']);
  });

  it('runs when the deadline has passed', () => {
    const host = told({ fallbacks: 1, deadlineMs: 10 }, [hang], [success(20)]);
    expect(host.log.at(-1)).toBe('30 0 fallback');
    expect(host.scripts[0]!.reason).toBe(Reason.deadline);
  });

  it('answers for local rejections', () => {
    const host = new ScriptedHost({
      fallbacks: 1,
      limit: { concurrency: 1, queue: { ...defaults.queue, limit: 0 } },
    });
    host.start([hang]);
    const script = host.start([hang], { links: [success(-1)] });
    expect([script.outcome, script.reason, script.attempts]).toEqual([
      'fallback',
      Reason.queueFull,
      0,
    ]);
  });

  it('tries its links one after the other', () => {
    const host = told({ fallbacks: 3 }, [failure(5)], [failure(1), failure(-1), success(1)]);
    expect(host.log.slice(1)).toEqual([
      '5 0 fallback 0',
      '6 0 fallback 1',
      '6 0 fallback 2',
      '7 0 fallback',
    ]);
  });

  it('fails with the reason of the call when every link fails', () => {
    const host = told({ fallbacks: 2 }, [failure(5)], [failure(1, Reason.reset)]);
    expect(host.log.at(-1)).toBe('7 0 failed error');
  });

  it('charges the second link and those after it to the budget', () => {
    const budget = { share: 1, floorPerSecond: 0, withinMs: 1000 };
    const retry = { ...defaults.retry, attempts: 1, budget };
    const host = told({ fallbacks: 3, retry }, [failure(5)], [failure(1)]);
    expect(host.scripts[0]!.links).toBe(2);
    expect(host.engine.budgetLeft).toBe(0);
  });

  it('tells the observer why it begins', () => {
    const begun: [number, Reason][] = [];
    const host = new ScriptedHost(
      { fallbacks: 2 },
      { observer: { fallbackStarted: (call, index, reason) => begun.push([index, reason]) } },
    );
    host.start([failure(-1, Reason.overloaded)], { links: [failure(-1)] });
    expect(begun).toEqual([
      [0, Reason.overloaded],
      [1, Reason.overloaded],
    ]);
  });

  it('knows for how long it has been the normal path', () => {
    const changes: [number, boolean][] = [];
    const host: ScriptedHost = new ScriptedHost(
      { fallbacks: 1 },
      { observer: { normalPathChanged: (is) => changes.push([host.clock.now(), is]) } },
    );
    const calls = (count: number, act: Act): void => {
      for (let index = 0; index < count; index++) {
        host.start([act]);
        host.clock.advance(100);
      }
    };
    calls(100, success(-1));
    expect(host.engine.fallbackNormalMs).toBe(0);
    calls(100, failure(-1));
    const [[becameMs] = [0]] = changes;
    expect(becameMs).toBeGreaterThan(14_000);
    expect(host.engine.fallbackNormalMs).toBe(20_000 - becameMs);
    calls(100, success(-1));
    expect(host.engine.fallbackNormalMs).toBe(0);
    expect(changes.map(([, is]) => is)).toEqual([true, false]);
  });
});
