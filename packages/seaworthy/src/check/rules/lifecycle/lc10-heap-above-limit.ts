import type { Container, Setting } from '../../../model/import/landscape.ts';
import { finding, placeOf } from '../../decide.ts';
import { size, sizeText } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { commandOf } from '../../workloads/command.ts';
import { containersOf } from '../../workloads/workload.ts';

const mebibyte = 2 ** 20;
/** Code, stacks and buffers beside the heap: what an idle Node.js takes, and more. */
const besideHeapBytes = 64 * mebibyte;
/** Garbage collectors want some room above what they are told. */
const heapShareMax = 0.8;

export const lc10: Rule = {
  id: 'LC10',
  name: 'the heap may outgrow the container',
  severity: 'high',
  formula: 'heap limit > 80 % of the memory limit, or heap limit + 64 MiB > memory limit',
  why:
    'the runtime collects garbage only when its own limit is near, and the kernel kills the process ' +
    'before: no error, no log, all requests lost',
  sources: [
    'https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib',
    'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/',
  ],
  remedy:
    'Lower --max-old-space-size (-Xmx for Java) to 75 % of the memory limit, or raise the limit.',
  needs: ['the memory limit of a container', 'the heap limit in its command or environment'],
  *decide({ workloads }) {
    for (const { container, name } of containersOf(workloads)) {
      const { memoryLimitBytes: limit } = container.resources;
      const heap = heapLimit(container);
      if (limit === undefined || heap === undefined) continue;
      const most = Math.min(limit.value * heapShareMax, limit.value - besideHeapBytes);
      if (heap.value <= most) continue;
      const passes =
        most > 0
          ? `a heap limit of ${Math.floor(most / mebibyte)} MiB or less`
          : `a memory limit of ${sizeText(heap.value / heapShareMax + besideHeapBytes)} or more`;
      yield finding(name, {
        what: `its heap may grow to ${sizeText(heap.value)}, and it is killed at ${sizeText(limit.value)}`,
        numbers: [size('heap limit', heap), size('memory limit', limit)],
        passes,
        at: placeOf(heap.origin, limit.origin, container.at),
      });
    }
  },
};

const units: Readonly<Record<string, number>> = { k: 1024, m: mebibyte, g: 1024 * mebibyte };

function heapLimit(container: Container): Setting<number> | undefined {
  const texts: Setting<string>[] = container.environment
    .filter(({ name }) =>
      /^(NODE_OPTIONS|JAVA_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)$/.test(name),
    )
    .flatMap(({ value }) => value ?? []);
  const command = commandOf(container);
  if (command !== undefined) texts.unshift({ ...command, value: command.value.join(' ') });
  for (const { value, origin } of texts) {
    const bytes = heapBytes(value);
    if (bytes !== undefined) return { value: bytes, origin };
  }
  return undefined;
}

function heapBytes(text: string): number | undefined {
  const node = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(text);
  if (node !== null) return Number(node[1]) * mebibyte;
  const java = /-Xmx(\d+)([kmg])\b/i.exec(text);
  return java === null ? undefined : Number(java[1]) * units[java[2]!.toLowerCase()]!;
}
