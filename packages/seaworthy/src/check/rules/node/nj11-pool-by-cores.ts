import { finding } from '../../decide.ts';
import { context, count, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const nj11: Rule = {
  id: 'NJ11',
  name: 'a pool in as many workers as the machine has cores',
  severity: 'high',
  formula: 'a worker for each core that the machine shows, each with a pool of connections',
  why:
    'each worker has a pool of its own, and a container sees the cores of its node: 4 pools on a ' +
    'laptop, 64 on a large node, times the replicas, and the database is full',
  sources: [
    'https://pm2.keymetrics.io/docs/usage/cluster-mode/',
    'https://nodejs.org/api/os.html#oscpus',
  ],
  remedy:
    'Run one process in a container and more replicas; or say how many workers there are, and ' +
    'divide the pool by them.',
  needs: ['how many workers are started, by the code or the command', 'the pools of the workload'],
  *decide({ code, pools }) {
    for (const use of code) {
      if (use.kind !== 'workers-by-cores') continue;
      const { owner, what, at } = use;
      for (const { to, size, processes } of pools.filter((pool) => pool.owner === owner)) {
        // Where a variable says how many, it is they who read it.
        if (size.value === Infinity || processes.origin.kind === 'file') continue;
        yield finding(owner, {
          what:
            `each core of its node makes one more pool of ${size.value} connections` +
            (to === undefined ? '' : ` to ${to}`),
          numbers: [
            text('workers', { value: what, origin: at }),
            context(count('size of the pool', size)),
          ],
          passes: 'a number of workers, such as 2',
          at,
        });
      }
    }
  },
};
