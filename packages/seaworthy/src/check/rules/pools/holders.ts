import type { Landscape, Pool, Setting, Workload } from '../../../model/import/landscape.ts';
import { count, text } from '../../evidence.ts';
import type { Evidence } from '../../finding.ts';
import { replicasIn } from '../../workloads/workload.ts';

/** A pool, and the connections that all processes of its workload may open together. */
export interface Holder {
  readonly pool: Pool;
  readonly connections: number;
  readonly numbers: readonly Evidence[];
}

/** The pools to a database. */
export function poolsTo({ pools, workloads }: Landscape, name: string): readonly Holder[] {
  return pools
    .filter(({ to, size }) => to === name && size.value < Infinity)
    .map((pool) => {
      const workload = workloads.find(({ serves }) => serves === pool.owner);
      const replicas = mostReplicas(workload);
      const surge = replicasIn(workload?.rollout?.maxSurge.value ?? '0', replicas.value) ?? 0;
      const { size, processes } = pool;
      return {
        pool,
        connections: (replicas.value + surge) * processes.value * size.value,
        numbers: [
          count(`pool of ${pool.owner}`, size),
          count(`most replicas of ${pool.owner}`, replicas),
          ...(surge > 0 ? [text(`surge of ${pool.owner}`, workload!.rollout!.maxSurge)] : []),
          ...(processes.value > 1 ? [count(`processes of ${pool.owner}`, processes)] : []),
        ],
      };
    });
}

function mostReplicas(workload: Workload | undefined): Setting<number> {
  const unknown = { kind: 'guess', why: 'no file says how many there are' } as const;
  return workload?.autoscaler?.max ?? workload?.replicas ?? { value: 1, origin: unknown };
}
