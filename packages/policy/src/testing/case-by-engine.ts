import { stream } from '../random/streams.ts';
import type { Timer } from '../time/clock.ts';
import { VirtualClock } from '../virtual/virtual-clock.ts';
import { givenFor, optionsOf } from './cases.ts';
import type { Case } from './cases.ts';
import { ScriptedHost } from './scripted-host.ts';
import type { Script } from './script.ts';
import { settingsOf } from './settings-of.ts';

/** What happened in a case: lines such as `12.5 call 0 attempt 1`, in order. */
export interface Trace {
  readonly lines: readonly string[];
  /** The least time between two things that happened for different causes. */
  readonly leastGap: number;
  /** When the last of it happened. */
  readonly endMs: number;
}

/** Times are tenths of a millisecond, and what chance adds to them is far coarser than this. */
const sameInstantMs = 1e-5;

/** Takes note of when something comes of a callback, and of callbacks in the same instant. */
class WatchedClock extends VirtualClock {
  readonly instants: number[] = [];
  hasTie: boolean = false;
  private lastMs: number = -1;
  /** What changes when something happens. */
  state: () => string = () => '';

  override after(delayMs: number, run: () => void): unknown {
    return super.after(delayMs, () => {
      if (this.now() - this.lastMs < sameInstantMs) this.hasTie = true;
      this.lastMs = this.now();
      const before = this.state();
      run();
      if (this.state() !== before) this.instants.push(this.now());
    });
  }

  /** What is called off in the instant in which it was due came second by chance. */
  override cancel(timer: Timer): void {
    const dueMs = (timer as { dueMs?: number } | undefined)?.dueMs ?? Infinity;
    if (Math.abs(dueMs - this.now()) < sameInstantMs) this.hasTie = true;
    super.cancel(timer);
  }
}

/** Drives the engine directly, in virtual time, a unit being a millisecond. */
export function byEngine(of: Case): Trace {
  const clock = new WatchedClock();
  const options = optionsOf(of, 1);
  const openings: number[] = [];
  const observer = {
    breakerChanged: (_from: string, to: string) => {
      if (to === 'open') openings.push(clock.now() + (of.breaker?.open ?? 0));
    },
  };
  const random = stream(1, 'test', 'policy');
  const settings = settingsOf({ ...options, fallback: of.links.map(() => () => {}) });
  const host = new ScriptedHost(settings, { clock, random, observer }, clock);
  const { engine, log } = host;
  clock.state = () => [log.length, host.inFlight, engine.queued, host.scripts.length].join();
  let atMs = 0;
  for (const one of of.calls) {
    const { pause, acts, patience } = one;
    atMs += pause;
    let script: Script | undefined;
    clock.after(atMs, () => {
      script = host.start(acts, { links: of.links, ...givenFor(one) });
    });
    clock.after(atMs + patience, () => engine.cancel(script!.call));
  }
  if (of.shutdownAt !== undefined) clock.after(of.shutdownAt, () => engine.shutdown());
  // Every caller has left by then.
  clock.advance(1000);
  const instants = [...clock.instants, ...openings].toSorted((a, b) => a - b);
  const gaps = instants.slice(1).map((instant, index) => instant - instants[index]!);
  return {
    lines: log.map(told),
    leastGap: clock.hasTie ? 0 : Math.min(Infinity, ...gaps),
    endMs: Number.parseFloat(log.at(-1) ?? '0'),
  };
}

/** In words that a function can use, too: it knows neither hedges nor whose fallback it is. */
function told(line: string): string {
  const [at, call, ...what] = line.split(' ');
  const words = what.join(' ').replace('cancel hedge', 'cancel').replace('hedge', 'attempt');
  return words.includes('fallback ') || words === 'cancel fallback'
    ? `${at} ${words}`
    : `${at} call ${call} ${words}`;
}
