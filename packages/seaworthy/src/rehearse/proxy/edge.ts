import { createServer, type Server, type Socket } from 'node:net';

import type { Clock, Timer } from '@seaworthy/policy';

import type { Address } from './address.ts';
import { Callee } from './callee.ts';
import { Connection } from './connection.ts';
import type { FaultSettings } from './fault.ts';
import type { Head } from './http/head.ts';
import type { Injection, Journal } from './journal.ts';
import { EdgeMeter } from './measure/edge-meter.ts';
import { type TaskKey, taskKeyOf } from './measure/task-key.ts';
import { ActiveFault } from './plan/active-fault.ts';

/** A caller's way to a callee, through the proxy. */
export interface EdgeSettings {
  readonly name: string;
  /** Port 0: the system picks one. */
  readonly listen: Address;
  readonly upstream: Address;
  /**
   * Where the callee has several replicas: all of them. Connections are dealt to them in turn, as
   * kube-proxy does.
   */
  readonly replicas?: readonly Address[];
  /**
   * What is spoken. `auto`: HTTP where a client begins with it, else bytes. Only with HTTP are
   * there requests.
   */
  readonly protocol: 'auto' | 'http' | 'tcp';
}

/** What all edges of a process share. */
export interface EdgeParts {
  readonly clock: Clock;
  readonly seed: number;
  readonly journal: Journal;
  /** When the journal began. */
  readonly startMs: number;
}

/**
 * Listens in front of a callee, hands on what comes, measures it, and lets faults loose on it. All
 * that changes which faults are up happens in one turn: no byte sees half of a change.
 */
export class Edge {
  readonly name: string;
  readonly protocol: EdgeSettings['protocol'];
  readonly clock: Clock;
  readonly meter: EdgeMeter;
  /** Those that are up now, in the order in which they were put up. */
  faults: readonly ActiveFault[] = [];
  /** Where it listens; with the port that the system picked, once it has. */
  listen: Address;
  callee: Callee;
  /** What `listen` was asked to be. */
  #asked: Address;
  readonly #parts: EdgeParts;
  #plan: readonly ActiveFault[] = [];
  readonly #spells = new Map<ActiveFault, Timer>();
  readonly #connections = new Set<Connection>();
  #connectionCount = 0;
  #server: Server | undefined;
  #isStarted = false;
  /** Starting and stopping take turns; one change waits for the one before. */
  #change: Promise<unknown> = Promise.resolve();

  constructor({ name, listen, upstream, replicas, protocol }: EdgeSettings, parts: EdgeParts) {
    this.name = name;
    this.listen = listen;
    this.#asked = listen;
    this.callee = new Callee(replicas ?? [upstream]);
    this.protocol = protocol;
    this.clock = parts.clock;
    this.meter = new EdgeMeter(parts.clock.now());
    this.#parts = parts;
  }

  /** It is to listen, though a fault may keep it from that. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** All faults, those between two spells of activity too. */
  get plan(): readonly ActiveFault[] {
    return this.#plan;
  }

  /** Of the first replica. */
  get upstream(): Address {
    return this.callee.addresses[0]!;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /**
   * Begins to listen.
   *
   * @throws what `listen` says, such as EADDRINUSE.
   */
  start(): Promise<void> {
    this.#isStarted = true;
    return this.#settle();
  }

  /** Listens no more, and closes every connection; the faults stay for the next start. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    await this.#settle();
    for (const connection of this.#connections) connection.destroy();
  }

  /** Whether these are its addresses; a port that the system picked is as good as the 0 before. */
  isAt(listen: Address, upstream: Address): boolean {
    const isThere = isSame(listen, this.listen) || isSame(listen, this.#asked);
    return isThere && isSame(upstream, this.upstream);
  }

  /** Closes every connection, and goes on at other addresses, listening if it did. */
  async move(listen: Address, upstream: Address): Promise<void> {
    const isStarted = this.#isStarted;
    await this.stop();
    this.callee = new Callee([upstream]);
    if (!isSame(listen, this.listen)) {
      this.listen = listen;
      this.#asked = listen;
    }
    if (isStarted) await this.start();
  }

  /** For good. */
  async remove(): Promise<void> {
    await this.replaceFaults([]);
    await this.stop();
  }

  /**
   * These faults and no others are up from now on. One that is up already with the same settings
   * stays as it is, with what it has hit.
   */
  replaceFaults(settings: readonly FaultSettings[]): Promise<void> {
    const plan = settings.map((each) => {
      const same = this.#plan.find((active) => active.settings === each);
      return same ?? new ActiveFault(each, this.#parts.seed, this.name);
    });
    const gone = this.#plan.filter((active) => !plan.includes(active));
    const come = plan.filter((active) => !this.#plan.includes(active));
    this.#plan = plan;
    for (const fault of gone) this.#takeDown(fault);
    for (const fault of come) this.#putUp(fault);
    return this.#settle();
  }

  tell(
    { settings }: ActiveFault,
    what: Omit<Injection, 'number' | 'atMs' | 'edge' | 'fault' | 'kind'>,
  ): void {
    const atMs = roundToUs(this.clock.now() - this.#parts.startMs);
    const { name: fault, effect } = settings;
    this.#parts.journal.add({ atMs, edge: this.name, fault, kind: effect.kind, ...what });
  }

  taskOf(request: Head): TaskKey | undefined {
    return taskKeyOf(request);
  }

  gone(connection: Connection): void {
    this.#connections.delete(connection);
    this.meter.disconnected(this.clock.now());
  }

  #putUp(fault: ActiveFault): void {
    if (fault.settings.spells === undefined) this.#began(fault);
    else this.#turn(fault, false);
  }

  #takeDown(fault: ActiveFault): void {
    const timer = this.#spells.get(fault);
    if (timer !== undefined) this.clock.cancel(timer);
    this.#spells.delete(fault);
    this.#ended(fault);
  }

  #began(fault: ActiveFault): void {
    this.faults = this.#plan.filter((one) => one === fault || this.faults.includes(one));
    if (fault.runner.refuses === true) this.#tellRefusal(fault, 'refuses connections');
    for (const connection of this.#connections) connection.began(fault);
  }

  #ended(fault: ActiveFault): void {
    if (!this.faults.includes(fault)) return;
    this.faults = this.faults.filter((one) => one !== fault);
    if (fault.runner.refuses === true) this.#tellRefusal(fault, 'listens again');
    for (const connection of this.#connections) connection.ended(fault);
  }

  /** From peace to activity, or back; and so on. */
  #turn(fault: ActiveFault, isOn: boolean): void {
    if (isOn) this.#began(fault);
    else this.#ended(fault);
    const timer = this.clock.after(fault.spellMs(isOn), () => {
      this.#turn(fault, !isOn);
      // Nobody waits for it who could be told: it is in the journal, and the edge is not enabled.
      this.#settle().catch((error: unknown) => {
        this.#tellOfEdge(fault, `could not listen again: ${String(error)}`);
      });
    });
    this.clock.keepAlive?.(timer, false);
    this.#spells.set(fault, timer);
  }

  #tellRefusal(fault: ActiveFault, what: string): void {
    if (fault.draws()) this.#tellOfEdge(fault, what);
  }

  #tellOfEdge(fault: ActiveFault, what: string): void {
    this.tell(fault, { each: 'edge', connection: 0, client: '', request: 0, task: '', what });
  }

  /** Listens if it is to, and not if not. */
  #settle(): Promise<void> {
    const change = this.#change.then(() => this.#listenOrNot());
    this.#change = change.catch(() => undefined);
    return change;
  }

  async #listenOrNot(): Promise<void> {
    const listens = this.#isStarted && !this.faults.some((fault) => fault.runner.refuses === true);
    if (listens === (this.#server !== undefined)) return;
    if (listens) await this.#open();
    else await this.#shut();
  }

  async #open(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: false });
    server.on('connection', (client) => this.#accept(client));
    const { host, port } = this.listen;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, ...(host !== '' && { host }) }, () => {
          // Later errors are about single connections.
          server.off('error', reject).on('error', () => this.meter.notAccepted());
          resolve();
        });
      });
    } catch (error) {
      this.#isStarted = false;
      throw error;
    }
    const bound = server.address();
    if (typeof bound === 'object' && bound !== null) {
      this.listen = { host: bound.address, port: bound.port };
    }
    this.#server = server;
  }

  #shut(): Promise<void> {
    const server = this.#server!;
    this.#server = undefined;
    // It calls back when the last connection has gone; listening ends at once.
    server.close();
    return Promise.resolve();
  }

  #accept(client: Socket): void {
    if (this.#server === undefined) return void client.resetAndDestroy();
    this.meter.accepted(this.clock.now());
    const connection = new Connection(this, ++this.#connectionCount, client);
    this.#connections.add(connection);
  }
}

/** No clock of an operating system is finer. */
function roundToUs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function isSame(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}
