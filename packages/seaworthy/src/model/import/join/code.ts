import type { Landscape, Workload } from '../landscape.ts';
import type { SourceFacts } from '../source/read.ts';
import { agentsOf } from './agents.ts';
import { codeUsesOf } from './code-uses.ts';
import { consumersOf } from './consumers.ts';
import { serversOf } from './servers.ts';

/** What the code of the workloads says beside its calls. */
export function codeOf(
  workloads: readonly Workload[],
  sources: readonly SourceFacts[],
): Pick<Landscape, 'agents' | 'code' | 'consumers' | 'servers' | 'variableReads'> {
  return {
    agents: agentsOf(workloads, sources),
    code: codeUsesOf(workloads, sources),
    consumers: consumersOf(workloads, sources),
    servers: serversOf(workloads, sources),
    variableReads: sources.flatMap(({ variables }) => variables),
  };
}
