import type { AgentKind } from '../defaults/agents.ts';
import { agentKinds, clientAgents } from '../defaults/agents.ts';
import { globalAgentKeepsAlive } from '../defaults/node.ts';
import type { HttpAgent, Setting, Workload } from '../landscape.ts';
import { isWithin } from '../packages/version.ts';
import type { FoundObject } from '../source/objects.ts';
import type { SourceFacts } from '../source/read.ts';
import { defaulted } from '../values/settings.ts';
import { packagesOf } from './libraries.ts';
import { originAt, sourcesOf } from './source-calls.ts';

/** What each workload opens connections with: what its code makes, else what its clients do. */
export function agentsOf(
  workloads: readonly Workload[],
  sources: readonly SourceFacts[],
): readonly HttpAgent[] {
  return workloads.flatMap((workload) => {
    const mine = sourcesOf(workload, sources, workloads);
    const made = mine.flatMap((facts) =>
      facts.objects.flatMap((object) => agentOf(workload, facts, object) ?? []),
    );
    return made.length > 0 || setsGlobally(mine) ? made : clientsOf(workload);
  });
}

/** `http.globalAgent.maxSockets = 50` is about all requests that have no agent of their own. */
function setsGlobally(sources: readonly SourceFacts[]): boolean {
  return sources.some(({ objects }) => objects.some(({ what }) => what === 'maxSockets'));
}

function agentOf(
  workload: Workload,
  facts: SourceFacts,
  object: FoundObject,
): HttpAgent | undefined {
  const { imported } = object;
  if (imported === undefined) return undefined;
  const kind = agentKinds.find(
    ({ module, names }) => module === imported.module && names?.includes(imported.name) !== false,
  );
  if (kind === undefined) return undefined;
  const version = packagesOf(workload).find(({ name }) => name === kind.module)?.version.value;
  const node = nodeOf(workload)?.value;
  const library = version === undefined ? kind.module : `${kind.module} ${version}`;
  const of = /^https?$/.test(kind.module) ? `Node${node === undefined ? '' : ` ${node}`}` : library;
  return {
    owner: workload.serves,
    who: `${kind.names === undefined ? 'agent' : imported.name} of ${of}`,
    at: originAt(facts, object.offset),
    connectionsMax: limitOf(facts, object, kind, of),
    keepsAlive: keepsAlive(facts, object, kind, of),
  };
}

function limitOf(
  facts: SourceFacts,
  { names, numbers }: FoundObject,
  { limits, connectionsMax, unclear, source }: AgentKind,
  of: string,
): Setting<number> | undefined {
  if (names === undefined || unclear.some((name) => names.has(name))) return undefined;
  const said = limits.filter((name) => names.has(name));
  if (said.length === 0) return defaulted(connectionsMax, of, source);
  const values = said.flatMap((name) => numbers.get(name) ?? []);
  if (values.length < said.length) return undefined;
  const [least] = values.toSorted((a, b) => a.value - b.value);
  return { value: least!.value, origin: originAt(facts, least!.offset) };
}

function keepsAlive(
  facts: SourceFacts,
  { names, truths }: FoundObject,
  kind: AgentKind,
  of: string,
): Setting<boolean> | undefined {
  const said = kind.keeps === undefined ? undefined : truths.get(kind.keeps);
  if (said !== undefined) return { value: said.value, origin: originAt(facts, said.offset) };
  if (names === undefined || (kind.keeps !== undefined && names.has(kind.keeps))) return undefined;
  return defaulted(kind.keepsAlive, of, kind.source);
}

function clientsOf(workload: Workload): readonly HttpAgent[] {
  return packagesOf(workload).flatMap(({ name, version }) => {
    const client = clientAgents.find(
      (it) => it.package === name && isWithin(version.value, it.from, it.below),
    );
    if (client === undefined) return [];
    const who = `${name} ${version.value}`;
    const node = nodeOf(workload);
    return [
      {
        owner: workload.serves,
        who,
        at: version.origin,
        connectionsMax: defaulted(Infinity, who, client.source),
        keepsAlive:
          client.keepsAlive === 'runtime'
            ? node && globalAgentKeepsAlive(node.value)
            : defaulted(client.keepsAlive, who, client.source),
      },
    ];
  });
}

function nodeOf({ containers }: Workload): Setting<string> | undefined {
  return containers.find(({ runtime }) => runtime?.nodeVersion !== undefined)?.runtime?.nodeVersion;
}
