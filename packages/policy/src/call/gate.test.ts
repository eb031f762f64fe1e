import { describe, expect, it } from 'vitest';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import { Reason } from './reason.ts';
import type { PolicySettings } from './settings.ts';

const queue = { ...defaults.queue, limit: 5 };

/** A host whose breaker, open for 100 ms, has just opened at 0 ms for two failures. */
function opened(settings: PolicySettings = {}): ScriptedHost {
  const host = new ScriptedHost({ breaker: defaults.breaker, ...settings });
  host.start([failure(-1)]);
  host.start([failure(-1)]);
  expect(host.engine.breakerState).toBe('open');
  return host;
}

describe('the breaker of a call', () => {
  it('refuses while it is open, without an attempt', () => {
    const host = opened();
    const script = host.start([success(1)]);
    expect([script.reason, script.attempts]).toEqual([Reason.breakerOpen, 0]);
  });

  it('refuses before the queue is touched, and what waits when its slot comes up', () => {
    const host = new ScriptedHost({
      breaker: defaults.breaker,
      limit: { concurrency: 2, queue },
    });
    host.start([failure(5)]);
    host.start([failure(6)]);
    const waiting = [host.start([success(1)]), host.start([success(1)])];
    host.clock.advance(10);
    // The first slot came up while the breaker was closed, the second when it had just opened.
    expect(waiting.map(({ reason }) => reason)).toEqual([Reason.none, Reason.breakerOpen]);
  });

  it('does not hold conflicts against the dependency, which are retried all the same', () => {
    const on = new Set<Reason>([Reason.conflict]);
    const retry = { ...defaults.retry, on };
    const host = new ScriptedHost({ breaker: defaults.breaker, retry });
    const conflict = failure(1, Reason.conflict);
    const scripts = [1, 2, 3].map(() => host.start([conflict, conflict, success(1)]));
    host.clock.runAll();
    expect(scripts.map(({ attempts, reason }) => [attempts, reason])).toEqual([
      [3, Reason.none],
      [3, Reason.none],
      [3, Reason.none],
    ]);
    expect(host.engine.breakerState).toBe('closed');
  });

  it('does not retry what it refused', () => {
    const host = opened({ retry: defaults.retry });
    host.clock.runAll();
    expect(host.scripts.map(({ attempts }) => attempts)).toEqual([1, 1]);
    expect(host.scripts.map(({ reason }) => reason)).toEqual([
      Reason.breakerOpen,
      Reason.breakerOpen,
    ]);
  });

  it('P4: lets a probe take one slot more than there are, so that it never waits', () => {
    const host = new ScriptedHost({
      timeoutMs: 10,
      breaker: { ...defaults.breaker, consecutiveFailures: 1 },
      limit: { concurrency: 1, queue },
    });
    // It times out and goes on: the breaker opens, and the only slot stays taken.
    host.start([{ ...hang, lateMs: 1000 }]);
    host.clock.advance(110);
    const probe = host.start([success(5)]);
    const other = host.start([success(5)]);
    expect([probe.attempts, other.reason]).toEqual([1, Reason.breakerOpen]);
    expect([host.engine.inFlight, host.engine.breakerState]).toEqual([2, 'half-open']);
    host.clock.advance(5);
    expect([host.engine.inFlight, host.engine.breakerState]).toEqual([1, 'closed']);
    expect(host.start([hang]).outcome).toBe('pending');
    expect(host.engine.queued).toBe(1);
  });

  it('P4: gives the permission of a probe back that its caller leaves', () => {
    const host = opened();
    host.clock.advance(100);
    host.engine.cancel(host.start([hang]).call);
    expect(host.start([success(-1)]).outcome).toBe('succeeded');
    expect(host.engine.breakerState).toBe('closed');
  });

  it('ignores what the caller gave up, and local rejections that the host reports', () => {
    const host = new ScriptedHost({ breaker: { ...defaults.breaker, minimumCalls: 1 } });
    host.engine.cancel(host.start([hang]).call);
    host.start([failure(-1, Reason.queueFull)]);
    expect(host.engine.breakerState).toBe('closed');
  });

  it('counts timeouts as failures', () => {
    const host = new ScriptedHost({ timeoutMs: 10, breaker: defaults.breaker });
    host.start([hang]);
    host.start([hang]);
    host.clock.advance(10);
    expect(host.engine.breakerState).toBe('open');
  });

  it('counts a deadline only against attempts that had the whole timeout, or have none', () => {
    const states = [
      { timeoutMs: 10, deadlineMs: 5 },
      { timeoutMs: 5, deadlineMs: 5 },
      { deadlineMs: 5 },
    ];
    const seen = states.map((times) => {
      const host = new ScriptedHost({ ...times, breaker: defaults.breaker });
      host.start([hang]);
      host.start([hang]);
      host.clock.advance(5);
      return host.engine.breakerState;
    });
    expect(seen).toEqual(['closed', 'open', 'open']);
  });

  it('tells the observer of its changes', () => {
    const changes: string[] = [];
    const host = new ScriptedHost(
      { breaker: defaults.breaker },
      { observer: { breakerChanged: (from, to) => changes.push(`${from} ${to}`) } },
    );
    host.start([failure(-1)]);
    host.start([failure(-1)]);
    host.clock.advance(100);
    host.start([success(-1)]);
    expect(changes).toEqual(['closed open', 'open half-open', 'half-open closed']);
  });
});
