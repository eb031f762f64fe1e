import { join, resolve } from 'node:path';

import type { Clock } from '@seaworthy/policy/engine';

import type { Model, Service } from '../../model/model.ts';
import type { ServiceProcess } from '../../model/stage.ts';
import { type Address, addressOf } from '../proxy/address.ts';
import { Proxies } from '../proxy/proxies.ts';
import { Guard, markVariable } from './guard.ts';
import { Output } from './output.ts';
import { FreePorts } from './ports.ts';
import { Replica } from './replica.ts';
import { sleep } from './ready.ts';
import { StageError } from './stage-error.ts';
import { isWired, type Places, wired } from './wiring.ts';

export interface StageOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** What `cwd` in the file is relative to. */
  readonly folder: string;
  /** Where what processes print is kept, a file for each. Undefined: nowhere. */
  readonly outputFolder: string | undefined;
  /** Added to the environment of a replica, before what the file says. */
  readonly environmentOf?: (service: number, replica: number) => Readonly<Record<string, string>>;
  /** Aborted: the stage comes up no further. */
  readonly signal: AbortSignal;
  /** Told when a process ends without having been asked to, and when it is there again. */
  readonly onCrash: (replica: string, how: string) => void;
  readonly onBack: (replica: string) => void;
}

/** At the end nobody waits for answers any more, so that little is left to be done. */
const endGraceMs = 5000;

/** How long a process stays away that has ended by itself. */
const restartMs = 1000;

/** The services of a model as real processes, with a proxy on each edge between them. */
export class Stage {
  readonly proxies: Proxies;
  /** By service and replica; none for a service that runs already. */
  readonly replicas: readonly Replica[][];
  /** Where each replica listens. */
  readonly places: Places;
  readonly #guard: Guard;
  readonly #outputs: Output[] = [];

  private constructor(model: Model, places: Places, { clock, seed }: StageOptions) {
    this.places = places;
    this.proxies = new Proxies({ clock, seed });
    this.replicas = model.services.map(() => []);
    this.#guard = new Guard();
  }

  /**
   * Opens the proxies, starts the processes, and waits until all of them are ready.
   *
   * @throws StageError when one of them does not come up; then all are gone again.
   */
  static async open(model: Model, options: StageOptions): Promise<Stage> {
    const places = await placesOf(model);
    const stage = new Stage(model, places, options);
    try {
      await stage.#openProxies(model);
      await stage.#makeReplicas(model, options);
      await Promise.all(stage.replicas.flat().map((replica) => replica.start(options.signal)));
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** Ends every process that it started, and closes every connection. */
  async close(): Promise<void> {
    await Promise.all(this.replicas.flat().map((replica) => replica.close(endGraceMs)));
    await this.#guard.close();
    await this.proxies.stop();
    await Promise.all(this.#outputs.map((output) => output.close()));
  }

  async #openProxies(model: Model): Promise<void> {
    const listen = { host: '127.0.0.1', port: 0 };
    for (const [index, { name, to }] of model.edges.entries()) {
      if (!isWired(model, index)) continue;
      const replicas = this.places[to]!;
      const upstream = replicas[0]!;
      const edge = { name, listen, upstream, replicas, protocol: 'auto' } as const;
      const [proxy] = await this.proxies.put([{ edge, faults: [], enabled: true }]);
      proxy!.meter.slots = Math.min(...model.services[to]!.replicas.map((one) => one.concurrency));
    }
  }

  async #makeReplicas(model: Model, options: StageOptions): Promise<void> {
    for (const [index, service] of model.services.entries()) {
      if (service.process === undefined) continue;
      for (const number of this.places[index]!.keys()) {
        const settings = await this.#settings(model, service.process, { index, number }, options);
        const parts = {
          clock: options.clock,
          guard: this.#guard,
          onChange: (isUp: boolean) => this.#leaveOut(model, index, number, !isUp),
          onCrash: (how: string) => void this.#bringBack(replica, how, options),
        };
        const replica: Replica = new Replica(settings, parts);
        this.replicas[index]!.push(replica);
      }
    }
  }

  /** As an orchestrator would, again and again. */
  async #bringBack(replica: Replica, how: string, options: StageOptions): Promise<void> {
    const { clock, signal, onCrash, onBack } = options;
    const { name } = replica.settings;
    onCrash(name, how);
    await sleep(clock, restartMs, signal);
    if (!replica.isWanted || signal.aborted) return;
    try {
      await replica.start(signal);
      if (replica.isUp) onBack(name);
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      await this.#bringBack(replica, error.message, options);
    }
  }

  /** Callers are not sent to a replica that is not there. */
  #leaveOut(model: Model, service: number, replica: number, isOut: boolean): void {
    for (const { name, to } of model.edges) {
      if (to === service) this.proxies.get(name)?.callee.leaveOut(replica, isOut);
    }
  }

  async #settings(
    model: Model,
    process: ServiceProcess,
    { index, number }: { readonly index: number; readonly number: number },
    options: StageOptions,
  ): Promise<Replica['settings']> {
    const { places, proxies } = this;
    const service = model.services[index]!;
    const own = places[index]![number]!;
    const name = places[index]!.length === 1 ? service.name : replicaName(service, number);
    const file = `${name.replaceAll(' ', '-')}.log`;
    const folder = options.outputFolder;
    const output = await Output.open(folder === undefined ? undefined : join(folder, file));
    this.#outputs.push(output);
    const { command, environment } = wired(model, service, process, { own, places, proxies });
    return {
      name,
      service: service.name,
      command,
      folder: resolve(options.folder, process.folder),
      environment: {
        ...options.environmentOf?.(index, number),
        ...environment,
        [markVariable]: this.#guard.mark,
      },
      address: own,
      ready: process.ready,
      output,
    };
  }
}

/** As the simulation calls it. */
function replicaName({ name }: Service, number: number): string {
  return `${name} replica ${number + 1}`;
}

/**
 * @throws StageError for a service that is called, and has neither a process nor an address.
 */
async function placesOf(model: Model): Promise<Places> {
  const ports = new FreePorts();
  const places: Address[][] = [];
  for (const [index, { name, process, address, replicas }] of model.services.entries()) {
    if (address !== undefined) places.push([addressOf(address)]);
    else if (process === undefined) {
      if (model.edges.some((edge) => edge.to === index)) {
        throw new StageError(['services', name], 'nobody says how it is started, or where it runs');
      }
      places.push([]);
    } else {
      const all: Address[] = [];
      while (all.length < replicas.length) {
        all.push({ host: '127.0.0.1', port: process.port ?? (await ports.take()) });
      }
      places.push(all);
    }
  }
  return places;
}
