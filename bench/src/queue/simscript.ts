import type { Candidate } from '../candidate.ts';
import { queue } from '../candidate.ts';

/** simscript 1.0.37: each customer is an async function. The model is its documentation's bank. */
export const simscript: Candidate = { customers: 40_000, run: simulate };

async function simulate(customers: number, seed: number): Promise<number> {
  // It gives way to a browser's next frame four times a second.
  Object.assign(globalThis, { requestAnimationFrame: setImmediate });
  const { Entity, Exponential, Queue, Simulation } = await import('simscript');
  const spacing = new Exponential(1 / queue.arrivalRate, seed);
  const service = new Exponential(1, seed + 1);
  const line = new Queue('line');
  const servers = new Queue('servers', queue.servers);

  class Customer extends Entity {
    override async script(): Promise<void> {
      this.enterQueueImmediately(line);
      await this.enterQueue(servers);
      this.leaveQueue(line);
      await this.delay(service.sample());
      this.leaveQueue(servers);
    }
  }
  class Bank extends Simulation {
    protected override onStarting(): void {
      super.onStarting();
      this.generateEntities(Customer, spacing, customers);
    }
  }
  const bank = new Bank();
  await new Promise<void>((resolve) => {
    bank.finished.addEventListener(resolve);
    void bank.start();
  });
  return line.averageDwell;
}
