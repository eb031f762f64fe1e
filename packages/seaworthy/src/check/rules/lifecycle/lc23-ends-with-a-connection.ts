import type { Exit, Setting, UnheardErrors, Workload } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { context, text } from '../../evidence.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const lc23: Rule = {
  id: 'LC23',
  name: 'ends when an idle connection breaks',
  severity: 'medium',
  formula:
    'the process exits when an idle connection breaks: it is told to, or a pool of pg has errors ' +
    'that nothing listens to',
  why:
    'a failover of a second breaks the idle connections of all replicas at once: all end, all start ' +
    'at the same moment, cold, and all connect together to what has only just come back',
  sources: [
    'https://node-postgres.com/apis/pool',
    'https://nodejs.org/api/events.html#error-events',
    'https://docs.docker.com/reference/cli/docker/container/run/#restart',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  ],
  remedy:
    'Listen to the errors of the pool and log them: it replaces the connection by itself. Let ' +
    'readiness tell whether the store is there.',
  needs: ['the code that makes the pool or the client'],
  *decide({ code, workloads }) {
    for (const use of code) {
      if (use.kind !== 'exit' && use.kind !== 'unheard-errors') continue;
      const workload = workloads.find(({ serves }) => serves === use.owner);
      yield ends(use, workload);
    }
  },
};

function ends(use: Exit | UnheardErrors, workload: Workload | undefined): Suspicion {
  const { owner, at } = use;
  const restarts = workload?.restart;
  const isTold = use.kind === 'exit';
  const made: Setting<string> = { value: isTold ? 'process.exit' : 'no listener', origin: at };
  return finding(owner, {
    what: isTold
      ? `it exits when a connection of its ${use.of} breaks, and all its replicas do so together`
      : 'nothing listens to the errors of its pool, and Node ends with an idle connection that breaks',
    numbers: [
      text(isTold ? `on an error of ${use.of}` : 'on an error of the pool', made),
      ...(restarts ? [context(text(`restart of ${owner}`, restarts))] : []),
    ],
    passes: "pool.on('error', log): the pool replaces what broke",
    at,
  });
}
