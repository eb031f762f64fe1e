import { jobWorkers } from '../defaults/jobs.ts';
import type { JobConsumer, Setting, Workload } from '../landscape.ts';
import { isWithin } from '../packages/version.ts';
import type { Expression } from '../source/expression.ts';
import type { FoundObject } from '../source/objects.ts';
import type { SourceFacts } from '../source/read.ts';
import { defaulted } from '../values/settings.ts';
import { packagesOf } from './libraries.ts';
import { originAt, sourcesOf } from './source-calls.ts';

/** What takes jobs from queues, as the code of each workload makes it. */
export function consumersOf(
  workloads: readonly Workload[],
  sources: readonly SourceFacts[],
): readonly JobConsumer[] {
  return workloads.flatMap((workload) =>
    sourcesOf(workload, sources, workloads).flatMap((facts) =>
      facts.objects.flatMap((object) => consumerOf(workload, facts, object) ?? []),
    ),
  );
}

function consumerOf(
  workload: Workload,
  facts: SourceFacts,
  object: FoundObject,
): JobConsumer | undefined {
  const { imported, numbers, truths, values } = object;
  const [queue, processor] = values;
  const installed = packagesOf(workload).find(({ name }) => name === imported?.module);
  const preset = jobWorkers.find(
    (it) =>
      it.package === installed?.name &&
      it.name === imported?.name &&
      isWithin(installed.version.value, it.from, undefined),
  );
  if (preset === undefined) return undefined;
  const who = `${preset.package} ${installed!.version.value}`;
  const names = values[2] === undefined ? new Set<string>() : object.names;
  const option = (name: string, byDefault: number | undefined): Setting<number> | undefined => {
    const said = numbers.get(name);
    if (said !== undefined) return { value: said.value, origin: originAt(facts, said.offset) };
    if (byDefault === undefined || names?.has(name) !== false) return undefined;
    return defaulted(byDefault, who, preset.source);
  };
  const lockMs = option('lockDuration', preset.lockMs);
  const never = truths.get('skipLockRenewal');
  return {
    owner: workload.serves,
    who,
    queue: queue?.kind === 'text' ? queue.value : undefined,
    at: originAt(facts, object.offset),
    concurrency: option('concurrency', preset.concurrency),
    lockMs,
    renewedAfterMs:
      never?.value === true
        ? { value: Infinity, origin: originAt(facts, never.offset) }
        : option('lockRenewTime', lockMs && lockMs.value * preset.renewedShare),
    isApart: isApart(processor),
  };
}

/** A processor that is named by its file runs beside the event loop, a function within it. */
function isApart(processor: Expression | undefined): boolean | undefined {
  if (processor?.kind === 'function') return false;
  return processor?.kind === 'text' || processor?.kind === 'call' ? true : undefined;
}
