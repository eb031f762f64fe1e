import type { CallEdge, MeasuredService, Quantile, Setting } from '../landscape.ts';
import type { Part } from './system.ts';
import { durationText, nameText, shareText } from './words.ts';
import { originText } from '../landscape/origin-text.ts';

/** Beyond these a number says more than the files do. */
const mostReplicas = 10_000;
const mostCores = 1024;

/** The lines of a service, without their indentation. */
export function serviceLines(part: Part, measured: MeasuredService | undefined): string[] {
  return [
    `${nameText(part.name)}:`,
    ...replicaLines(part).map((it) => `  ${it}`),
    '  concurrency: 64  # guess: no file says how many requests one replica works on at once',
    '  queue: { limit: 128 }  # guess',
    '  steps:',
    ...workLines(part, measured).map((it) => `    ${it}`),
    ...callLines(part, measured).map((it) => `    ${it}`),
  ];
}

function replicaLines({ workloads }: Part): string[] {
  const [first] = workloads;
  if (first === undefined) return ['replicas: 1  # guess: no file deploys it'];
  const least = workloads.map(({ replicas, autoscaler }) => {
    return autoscaler !== undefined && autoscaler.min.value > replicas.value
      ? autoscaler.min
      : replicas;
  });
  const replicas = least.reduce((sum, it) => sum + it.value, 0);
  const from = workloads.length === 1 ? '' : `, ${workloads.length} workloads`;
  const cores = sumOf(first.containers.map((it) => it.resources.cpuLimitCores));
  return [
    `replicas: ${Math.min(Math.max(replicas, 1), mostReplicas)}  # ${originText(least[0]!.origin)}${from}`,
    ...(cores === undefined
      ? []
      : [
          `cores: ${Math.min(Math.max(Math.ceil(cores.value), 1), mostCores)}  # ${originText(cores.origin)}`,
        ]),
    `grace: ${durationText(first.graceMs.value)}  # ${originText(first.graceMs.origin)}`,
  ];
}

function sumOf(settings: readonly (Setting<number> | undefined)[]): Setting<number> | undefined {
  const known = settings.filter((it) => it !== undefined);
  const [first] = known;
  return first && { ...first, value: known.reduce((sum, it) => sum + it.value, 0) };
}

/** What it does itself: as measured, else a guess. */
function workLines({ isStore, calls }: Part, measured: MeasuredService | undefined): string[] {
  if (measured !== undefined) {
    const { selfTime, errorShare } = measured;
    const lines = [
      `- wait: { quantiles: ${tableText(selfTime.value)} }  # ${originText(selfTime.origin)}`,
    ];
    // Of those that call others, failures are mostly theirs.
    if (calls.length === 0 && errorShare.value > 0 && errorShare.value <= 1) {
      lines.push(`- fail: ${shareText(errorShare.value)}  # ${originText(errorShare.origin)}`);
    }
    return lines;
  }
  const why = '# guess: no trace says how long it takes';
  if (isStore) return [`- wait: { p50: 2ms, p99: 20ms }  ${why}`];
  return ['- cpu: 1ms  # guess', `- wait: { p50: 5ms, p99: 50ms }  ${why}`];
}

/** Shares ascend, and so must times. */
function tableText(points: readonly Quantile[]): string {
  let least = 0;
  const entries = points.map(({ share, valueMs }) => {
    least = Math.max(least, valueMs);
    return `${shareText(share)}: ${durationText(least)}`;
  });
  return `{ ${entries.join(', ')} }`;
}

function callLines(part: Part, measured: MeasuredService | undefined): string[] {
  const order = measured?.order ?? [];
  const rest = part.calls.filter((it) => !order.flat().includes(it.to)).map((it) => [it]);
  const groups = order.map((group) =>
    group.map((to) => part.calls.find((it) => it.to === to)).filter((it) => it !== undefined),
  );
  return [...groups, ...rest]
    .filter((it) => it.length > 0)
    .map((group) => {
      const { measured: calls, found } = group[0]!;
      const told = found.value === 'shared' ? ', which several workloads are given' : '';
      const once = `${originText(found.origin)}${told}; guess: once in each request, in this order`;
      const from = calls === undefined ? once : originText(calls.perRequest.origin);
      if (group.length === 1) return `- ${stepText(group[0]!)}  # ${from}`;
      return `- together: [${group.map((it) => `{ ${stepText(it)} }`).join(', ')}]  # ${from}`;
    });
}

function stepText({ to, measured }: CallEdge): string {
  const name = nameText(to);
  const each = measured?.perRequest.value ?? 1;
  if (each < 0.995) return `call: { to: ${name}, probability: ${shareText(Math.max(each, 1e-6))} }`;
  const times = Math.min(Math.round(each), 1000);
  return times > 1 ? `call: { to: ${name}, times: ${times} }` : `call: ${name}`;
}
