import { Call, Task } from '../call/call.ts';
import type { EngineParts } from '../call/engine-parts.ts';
import { Reason } from '../call/reason.ts';
import { stream } from '../random/streams.ts';
import type { Incident, Interleaving } from './arbitrary.ts';
import { ScriptedHost } from './scripted-host.ts';

/** Longer than anything in an interleaving takes: what still runs after it would run for ever. */
const LONG_MS = 10_000;

/** The host of an interleaving, before anything happens. */
export function hostOf(of: Interleaving, parts: Partial<EngineParts> = {}): ScriptedHost {
  return new ScriptedHost(of.settings, { random: stream(1, 'interleaving', 'policy'), ...parts });
}

/**
 * Lets everything happen, to the end of every call. `check` runs after each incident and each
 * millisecond.
 */
export function play(of: Interleaving, host: ScriptedHost, check: () => void = () => {}): void {
  for (const [pauseMs, incident] of of.incidents) {
    for (let step = 0; step < pauseMs; step++) {
      host.clock.advance(1);
      check();
    }
    happen(host, incident);
    check();
  }
  host.clock.advance(LONG_MS);
  for (const { outcome, call } of host.scripts) if (outcome === 'pending') host.engine.cancel(call);
  host.engine.abandonFlights();
  host.clock.runAll();
  check();
}

function happen(host: ScriptedHost, incident: Incident): void {
  if (incident.kind === 'shutdown') host.engine.shutdown();
  else if (incident.kind === 'endpoints') host.engine.setEndpoints(incident.ids);
  else if (incident.kind === 'cancel') leave(host, incident.which);
  else {
    const { acts, links, reuse, key, leftMs } = incident;
    const call = (reuse ? settledCall(host) : undefined) ?? new Call();
    const task = new Task();
    if (leftMs !== undefined) task.deadlineMs = host.clock.now() + leftMs;
    host.start(acts, { links, call, task, ...(key !== undefined && { key }) });
  }
}

function leave(host: ScriptedHost, which: number): void {
  const script = host.scripts.at(-1 - which);
  if (script === undefined || script.outcome !== 'pending') return;
  host.engine.cancel(script.call);
  if (script.reason !== Reason.cancelled) {
    host.violate(script.call, 'cancelled, but not settled in the same turn');
  }
}

function settledCall(host: ScriptedHost): Call | undefined {
  return host.scripts.find(({ call }) => call.phase === 'idle')?.call;
}
