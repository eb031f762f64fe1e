import type { Candidate } from '../candidate.ts';
import { queue } from '../candidate.ts';

/** The part of simjs that the race uses; it hangs itself on `window`. */
interface SimJs {
  readonly Sim: new () => Simulation;
  readonly Entity: new () => Entity;
  readonly Facility: new (name: string, discipline: number, servers: number) => Facility;
  readonly Random: new (seed: number) => { exponential(rate: number): number };
}

interface Simulation {
  addEntity(entity: new () => Entity & { start(): void }): void;
  simulate(endTime: number, maxEvents: number): void;
}

interface Entity {
  setTimer(delay: number): { done(then: () => void): void };
  useFacility(facility: Facility, duration: number): void;
}

interface Facility {
  queueStats(): { durationSeries: { average(): number } };
}

const page: { Sim?: SimJs } = {};

/** simjs 2.0.3: event-based, with a binary heap. The model is its documentation's bank. */
export const simjs: Candidate = { customers: 1_000_000, run: simulate };

async function simulate(customers: number, seed: number): Promise<number> {
  const { Sim, Entity, Facility, Random } = await load();
  const random = new Random(seed);
  const firstComeFirstServed = 1;
  const servers = new Facility('servers', firstComeFirstServed, queue.servers);
  let arrived = 0;
  class Customers extends Entity {
    start(): void {
      if (arrived++ === customers) return;
      this.useFacility(servers, random.exponential(1));
      this.setTimer(random.exponential(queue.arrivalRate)).done(() => this.start());
    }
  }
  const simulation = new Sim();
  simulation.addEntity(Customers);
  simulation.simulate(Infinity, Infinity);
  return servers.queueStats().durationSeries.average();
}

/** Loaded once: the second import of a module does nothing. */
async function load(): Promise<SimJs> {
  Object.assign(globalThis, { window: page });
  await import('simjs/sim.js');
  if (page.Sim === undefined) throw new Error('simjs did not hang itself on window');
  return page.Sim;
}
