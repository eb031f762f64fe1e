import type { CodeUse, Setting, Workload } from '../landscape.ts';
import type { SourceFacts } from '../source/read.ts';
import type { FoundUse } from '../source/uses.ts';
import { originAt, sourcesOf } from './source-calls.ts';

/** What the code and the commands of each workload do. */
export function codeUsesOf(
  workloads: readonly Workload[],
  sources: readonly SourceFacts[],
): readonly CodeUse[] {
  const found = workloads.flatMap((workload) => {
    const mine = sourcesOf(workload, sources, workloads);
    const uses = mine.flatMap((facts) => facts.uses.map((use) => ({ facts, use })));
    const isHeard = uses.some(
      ({ use, facts }) => use.kind === 'listener' && !inBrowsers.test(facts.source.fileName),
    );
    return [
      ...uses
        .map(({ facts, use }) => codeUse(workload.serves, facts, use, isHeard))
        .filter((it) => it !== undefined),
      ...workersByCommand(workload),
    ];
  });
  // One folder may be run by several platforms.
  return [...new Map(found.map((use) => [idOf(use), use])).values()];
}

function idOf({ kind, owner, at }: CodeUse): string {
  return `${kind} ${owner} ${at.file}:${at.line}:${at.column}`;
}

/** What is sent to browsers listens to no pool. */
const inBrowsers = /(^|\/)(views|public|static|assets)\//;
/** What is run once, and may end as it likes. */
const endsSoon = /(^|\/)(scripts?|migrations?|seeds?|tools)\//;

function codeUse(
  owner: string,
  facts: SourceFacts,
  use: FoundUse,
  isHeard: boolean,
): CodeUse | undefined {
  const at = originAt(facts, use.offset);
  const set = (found: { value: number; offset: number } | undefined): Setting<number> | undefined =>
    found && { value: found.value, origin: originAt(facts, found.offset) };
  switch (use.kind) {
    case 'retrying-client': {
      const { kind, what, options, maxRetries } = use;
      return { kind, owner, at, what, options, maxRetries: set(maxRetries) };
    }
    case 'retried-breaker': {
      const { kind, retry, breaker, retries } = use;
      return { kind, owner, at, retry, breaker, retries: set(retries) };
    }
    case 'second-connection': {
      const { kind, package: driver, holds, asksFor } = use;
      return { kind, owner, at, package: driver, holds, asksFor };
    }
    case 'exit':
      return { kind: 'exit', owner, at, of: use.of };
    case 'fan-out':
      return { kind: 'fan-out', owner, at, over: use.over, calls: use.calls };
    case 'fork':
      return { kind: 'workers-by-cores', owner, at, what: 'a fork for each of os.cpus()' };
    case 'pool':
      return isHeard || endsSoon.test(at.file) ? undefined : { kind: 'unheard-errors', owner, at };
    case 'listener':
      return undefined;
  }
}

/** `pm2-runtime server.js -i max` */
function workersByCommand(workload: Workload): readonly CodeUse[] {
  const instances = instancesOf(workload);
  if (instances === undefined || !/^(max|0|-1)$/.test(instances.value)) return [];
  if (instances.origin.kind !== 'file') return [];
  const what = `pm2 -i ${instances.value}`;
  return [{ kind: 'workers-by-cores', owner: workload.serves, at: instances.origin, what }];
}

/** How many processes PM2 is told to run, where a command of the workload starts it. */
export function instancesOf(workload: Workload): Setting<string> | undefined {
  for (const { command, args, runtime } of workload.containers) {
    for (const words of [command, args, runtime?.image?.entrypoint, runtime?.image?.command]) {
      const text = words?.value.join(' ') ?? '';
      const found = /\bpm2\b.*?\s(?:-i|--instances)[ =](\S+)/.exec(text);
      if (words !== undefined && found !== null) {
        return { value: found[1]!, origin: words.origin };
      }
    }
  }
  return undefined;
}
