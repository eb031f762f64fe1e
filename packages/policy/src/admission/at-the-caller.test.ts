import { describe, expect, it } from 'vitest';
import { Call, Task } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import { ScriptedHost, defaults, success } from '../testing/scripted-host.ts';
import { Criticality, levelAt } from './criticality.ts';

const settings: PolicySettings = {
  admission: { targetMs: 20, intervalMs: 1000 },
  limit: { concurrency: 1, queue: { ...defaults.queue, limit: 100 } },
};

function taskOf(criticality: Criticality): Task {
  const task = new Task();
  task.level = levelAt(criticality, 0.5);
  return task;
}

/** One slot for 10 ms, and a task every 5 ms, critical and sheddable in turn, for two seconds. */
function overloaded(more: PolicySettings = {}): ScriptedHost {
  const host = new ScriptedHost({ ...settings, ...more });
  const tasks = [taskOf(Criticality.critical), taskOf(Criticality.sheddable)];
  for (let index = 0; index < 400; index++) {
    host.start([success(10)], { task: tasks[index % 2]!, links: [success(1)] });
    host.clock.advance(5);
  }
  return host;
}

describe('admission at the caller', () => {
  it('sheds the sheddable once calls wait for a slot, before any attempt', () => {
    const { scripts, engine } = overloaded();
    const shed = scripts.filter(({ reason }) => reason === Reason.shed);
    expect(shed.length).toBeGreaterThan(80);
    expect(shed.every(({ call, attempts }) => call.level < 128 && attempts === 0)).toBe(true);
    expect(engine.shedShare).toBeGreaterThan(0.4);
  });

  it('leaves a shed call to the fallback', () => {
    const { scripts } = overloaded({ fallbacks: 1 });
    const shed = scripts.filter(({ reason }) => reason === Reason.shed);
    expect(shed.length).toBeGreaterThan(80);
    expect(shed.slice(0, 50).every(({ outcome }) => outcome === 'fallback')).toBe(true);
  });

  it('sheds nothing where nobody waits', () => {
    const host = new ScriptedHost(settings);
    for (let index = 0; index < 400; index++) {
      host.start([success(10)], { task: taskOf(Criticality.sheddable) });
      host.clock.advance(11);
    }
    expect(host.scripts.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
  });

  it('hands the level of the task, or of the call that begins it, down', () => {
    const host = new ScriptedHost({ taskAttempts: 5 });
    const inherited = host.start([success(-1)], { task: taskOf(Criticality.criticalPlus) });
    const own = new Call();
    own.level = levelAt(Criticality.sheddable, 0.5);
    host.start([success(-1)], { call: own });
    expect(inherited.call.handDown().level).toBe(levelAt(Criticality.criticalPlus, 0.5));
    expect([own.handDown().level, own.task?.level]).toEqual([64, 64]);
  });
});
