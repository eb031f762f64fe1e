import type { Edge, Model } from '../model.ts';
import { checkCaches } from './caches.ts';
import type { Context } from './context.ts';

/** A laptop simulates some hundred; what has more is modelled by the parts that matter. */
const mostServices = 1000;
const mostSources = 1000;
/** Each replica and each client has policies of its own for each edge; a few kilobytes together. */
const mostCallers = 1_000_000;
const mostReplicas = 100_000;

type System = Pick<Model, 'services' | 'sources' | 'edges' | 'scenarios' | 'run'>;

/** What only the whole can get wrong: sizes, names that clash, and faults that come too late. */
export function checkSystem(context: Context, system: System): void {
  checkNames(context);
  checkSizes(context, system);
  checkFaultTimes(context, system);
  checkCaches(context, system);
}

function checkNames(context: Context): void {
  const { serviceNames, sourceNames, problems, root } = context;
  for (const section of ['services', 'traffic'] as const) {
    const names = section === 'services' ? serviceNames : sourceNames;
    const most = section === 'services' ? mostServices : mostSources;
    const what = section === 'services' ? 'services' : 'sources of traffic';
    if (names.length > most) problems.atKey(root, [section], `more than ${most} ${what}`);
    // Where the key is missing or wrong altogether, that has been told.
    const node = root.kind === 'map' ? root.entries.get(section)?.value : undefined;
    if (node?.kind === 'map' && names.length === 0) {
      const example = section === 'services' ? 'web: {}' : 'shoppers: { to: web, rate: 300/s }';
      problems.atKey(root, [section], `no ${what}`, `write, for example, ${example}`);
    }
  }
  checkClashes(context);
}

/** One name for two things: an objective could not say which it is about. */
function checkClashes({ problems, root, ...names }: Context): void {
  const known = new Map(names.serviceNames.map((name) => [name, 'a service']));
  const others = [
    ['traffic', names.sourceNames, 'a source'],
    ['queues', names.queueNames, 'a queue'],
    ['rows', names.rowsNames, 'rows'],
  ] as const;
  for (const [section, own, what] of others) {
    for (const name of own) {
      const other = known.get(name);
      known.set(name, what);
      if (other === undefined) continue;
      const message = `"${name}" is ${other} and ${what}`;
      problems.atKey(root, [section, name], message, 'give one of them another name');
    }
  }
}

function checkSizes({ problems, root }: Context, { services, sources, edges }: System): void {
  const replicas = services.reduce((sum, service) => sum + service.replicas.length, 0);
  if (replicas > mostReplicas) {
    problems.atKey(root, ['services'], `${replicas} replicas`, `at most ${mostReplicas} in all`);
  }
  const callersOf = ({ from }: Edge) =>
    from.kind === 'queue'
      ? 1
      : ((from.kind === 'source'
          ? sources[from.index]?.clients
          : services[from.index]?.replicas.length) ?? 0);
  const callers = edges.reduce((sum, edge) => sum + callersOf(edge), 0);
  if (callers > mostCallers) {
    const hint = `at most ${mostCallers}: each has a policy of its own`;
    problems.atKey(root, ['traffic'], `${callers} clients and calling replicas`, hint);
  }
}

function checkFaultTimes({ problems, root }: Context, { scenarios, run }: System): void {
  if (run.forMs === undefined) return;
  for (const scenario of scenarios) {
    for (const [index, fault] of scenario.faults.entries()) {
      if (fault.atMs < run.forMs) continue;
      const path = ['scenarios', scenario.name, index, 'at'];
      const hint = 'write an earlier time, or a longer run.for';
      problems.atValue(root, path, 'the fault begins when the run is over', hint);
    }
  }
}
