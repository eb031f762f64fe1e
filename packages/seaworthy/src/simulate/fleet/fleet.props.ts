import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { paceOf } from '../../model/rollout.ts';
import { buildWorld } from '../build.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { rollout } from '../testing/lifecycles.ts';
import { QUIET_MS, system } from '../testing/systems.ts';
import { Phase, type ReplicaRuntime } from '../work/replica.ts';
import type { World } from '../world.ts';

/** So many looks at a system while its replicas come and go. */
const LOOK_EVERY_MS = 20;
const LOOKS = 400;

/** Runs a world, and shows it every few milliseconds. */
function watch(world: World, look: () => void): void {
  for (let looks = 1; looks <= LOOKS; looks++) {
    world.runUntil(looks * LOOK_EVERY_MS * NS_PER_MS);
    look();
  }
}

/** It has requests in its queue, at work or on its cores, or calls of its own under way. */
function isAtWork(world: World, { inFlight, line, cores, number, service }: ReplicaRuntime) {
  if (inFlight + line.length + cores.busy > 0) return true;
  return world.edges.some(({ model: { from }, engines }) => {
    if (from.kind !== 'service' || from.index !== service.index) return false;
    return engines[number]!.inFlight > 0;
  });
}

describe('rollouts in random systems', () => {
  it('keep as many replicas as surge and unavailability allow', () => {
    fc.assert(
      fc.property(system, rollout, fc.nat(), ({ model, scenario }, drawn, seed) => {
        const fault = { ...drawn, text: 'a rollout' };
        // Nothing else changes their number: no fault, no want of memory, no autoscaler.
        const alone = { memory: undefined, autoscale: undefined };
        const services = model.services.map((service) => ({ ...service, ...alone }));
        const faults = [...scenario.faults.filter((one) => one.kind === 'slow'), fault];
        const world = buildWorld({ ...model, services }, { name: 'test', faults }, seed);
        const { replicas, model: of } = world.services[fault.service]!;
        const wanted = of.replicas.length;
        const { surge, unavailable } = paceOf(fault, wanted);
        let fewest = Infinity;
        let most = 0;
        watch(world, () => {
          const { endpoints } = world.services[fault.service]!;
          const starting = replicas.filter(({ phase }) => phase === Phase.starting).length;
          fewest = Math.min(fewest, endpoints.length);
          most = Math.max(most, endpoints.length + starting);
        });
        expect(fewest).toBeGreaterThanOrEqual(wanted - unavailable);
        expect(most).toBeLessThanOrEqual(wanted + surge);
        world.runUntil(QUIET_MS * NS_PER_MS);
        const phases = replicas.map(({ phase }) => phase).filter((phase) => phase !== Phase.absent);
        expect(phases).toEqual(phases.map(() => Phase.ready));
        expect(phases).toHaveLength(wanted);
        const kinds = world.journal.events.map((event) => event.kind);
        const began = kinds.filter((kind) => kind === 'rollout-began').length;
        expect(began).toBeGreaterThan(0);
        expect(kinds).toContain('rollout-ended');
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('let nothing run where no replica is', () => {
    fc.assert(
      fc.property(system, rollout, fc.nat(), ({ model, scenario }, drawn, seed) => {
        const faults = [...scenario.faults, { ...drawn, text: 'a rollout' }];
        const world = buildWorld(model, { name: 'test', faults }, seed);
        // Gathered, and looked at once: there are a million of them.
        const running: string[] = [];
        watch(world, () => {
          for (const replica of world.replicas) {
            if (replica.phase < Phase.ready && isAtWork(world, replica)) running.push(replica.name);
          }
        });
        expect(running).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
