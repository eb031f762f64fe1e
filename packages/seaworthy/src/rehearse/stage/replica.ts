import { type ChildProcess, spawn } from 'node:child_process';

import type { Clock } from '@seaworthy/policy/engine';

import type { Readiness } from '../../model/stage.ts';
import type { Address } from '../proxy/address.ts';
import type { Guard } from './guard.ts';
import type { Output } from './output.ts';
import { isReady, sleep } from './ready.ts';
import { signalGroup } from './signal-group.ts';
import { StageError } from './stage-error.ts';

/** Everything that starting one replica takes. */
export interface ReplicaSettings {
  /** `web`, or `web replica 2` where there are several. */
  readonly name: string;
  readonly service: string;
  readonly command: readonly string[] | string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly address: Address;
  readonly ready: Readiness;
  readonly output: Output;
}

export interface ReplicaParts {
  readonly clock: Clock;
  readonly guard: Guard;
  /** Told when it is ready, and when it is no more. */
  readonly onChange: (isUp: boolean) => void;
  /** Told when the process ends without having been asked to. */
  readonly onCrash: (how: string) => void;
}

/** What was killed is gone sooner, but for what its parent never looks after. */
const goneWithinMs = 200;

/** One replica of a service: at most one process, and all that it starts, at a time. */
export class Replica {
  readonly settings: ReplicaSettings;
  readonly #parts: ReplicaParts;
  #process: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #isUp = false;
  /** It was started, and has not been asked to end. */
  #isWanted = false;
  #isClosed = false;

  constructor(settings: ReplicaSettings, parts: ReplicaParts) {
    this.settings = settings;
    this.#parts = parts;
  }

  /** It was started, and has not been asked to end. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** It was ready, and has not ended since. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Starts it where it does not run, and waits until it is ready.
   *
   * @throws StageError when it cannot be started, ends, or is not ready in time.
   */
  async start(signal: AbortSignal): Promise<void> {
    // Two faults that end, or one beside a crash, start it once.
    if (this.#isClosed || this.#process !== undefined) return;
    const { address, ready, output } = this.settings;
    const given = new AbortController();
    const giveUp = (): void => given.abort();
    signal.addEventListener('abort', giveUp);
    let how: string | undefined;
    this.#isWanted = true;
    this.#spawn((ended) => {
      how = ended;
      giveUp();
    });
    const { clock } = this.#parts;
    const isThere = await isReady({ address, ready, output, clock, signal: given.signal });
    signal.removeEventListener('abort', giveUp);
    this.#setUp(isThere && how === undefined);
    if (signal.aborted || this.#isUp || !this.#isWanted) return;
    throw this.#notReady(how);
  }

  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  /** As a machine that loses its power: at once, with all that it holds. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    this.#setUp(false);
    this.#signal('SIGKILL');
    await this.#exited;
  }

  /** Asks it to end, and makes it after this time. */
  async stop(graceMs: number): Promise<void> {
    this.#isWanted = false;
    this.#setUp(false);
    this.#signal('SIGTERM');
    // What stands still hears nothing.
    this.#signal('SIGCONT');
    const given = new AbortController();
    await Promise.race([this.#exited, sleep(this.#parts.clock, graceMs, given.signal)]);
    given.abort();
    await this.kill();
  }

  /** The same, for good: whoever wants to start it again comes too late. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    await this.stop(graceMs);
  }

  #setUp(isUp: boolean): void {
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    this.#parts.onChange(isUp);
  }

  #spawn(onExit: (how: string) => void): void {
    const { command, folder, environment, output } = this.settings;
    const [program, ...words] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
    const child = spawn(program!, words, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that all of it can be signalled at once, and nothing else.
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) this.#parts.guard.watch(pid);
    this.#process = child;
    output.collect(child.stdout);
    output.collect(child.stderr);
    this.#exited = new Promise((resolve) => {
      const ended = (how: string): void => {
        this.#process = undefined;
        onExit(how);
        if (this.#isUp) {
          this.#setUp(false);
          this.#parts.onCrash(how);
        }
        if (pid === undefined) resolve();
        else void this.#endGroup(pid).then(resolve);
      };
      child.once('exit', (code, signal) => {
        ended(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
      });
      child.once('error', (error) => {
        if (pid === undefined) ended(`could not be started: ${error.message}`);
      });
    });
  }

  /** What a process has started does not outlive it. */
  async #endGroup(group: number): Promise<void> {
    const { clock, guard } = this.#parts;
    const untilMs = clock.now() + goneWithinMs;
    while (signalGroup(group, 'SIGKILL') && clock.now() < untilMs) await sleep(clock, 5);
    guard.forget(group);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#process?.pid;
    if (pid !== undefined) signalGroup(pid, signal);
  }

  #notReady(how: string | undefined): StageError {
    const { name, service, ready, output } = this.settings;
    const what = how ?? `was not ready within ${ready.withinMs / 1000} s`;
    return new StageError(['services', service, 'run'], `${name} ${what}`, output.tail);
  }
}
