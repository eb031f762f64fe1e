import type { CallEdge, Landscape, Pool } from '../landscape.ts';
import { policyLines } from './policy.ts';
import { serviceLines } from './service.ts';
import type { Part, System } from './system.ts';
import { systemOf } from './system.ts';
import { nameText, shareText, durationText } from './words.ts';
import { originText } from '../landscape/origin-text.ts';

/** Enough to see what happens, and little enough that nothing is overloaded by the guess alone. */
const guessedRate = 20;

/**
 * A seaworthy.yaml from what was found. Each value has its origin beside it, and what had to be
 * guessed says so. Undefined: there is nothing that runs.
 */
export function modelText(landscape: Landscape, name: string): string | undefined {
  const system = systemOf(landscape);
  if (system.parts.length === 0) return undefined;
  const measured = new Map(landscape.measured.map((it) => [it.service, it]));
  const services = system.parts.flatMap((part) => serviceLines(part, measured.get(part.name)));
  const lines = [
    'seaworthy: 1',
    `name: ${name.replace(/[^\p{L}\p{N} ._-]/gu, '-').slice(0, 64) || 'system'}`,
    '',
    'services:',
    ...indented(services),
    ...aloneLines(system),
    ...callsLines(system, landscape.pools),
    '',
    'traffic:',
    ...indented(trafficLines(landscape, system)),
    '',
    'scenarios:',
    ...indented(scenarioLines(system)),
    '',
    'objectives:',
    ...indented(objectiveLines(landscape, system)),
  ];
  return [...headerLines(lines), ...lines].map((it) => `${it}\n`).join('');
}

function headerLines(lines: readonly string[]): string[] {
  const guesses = lines.filter((it) => /# (.*; )?guess/.test(it)).length;
  return [
    '# Written by seaworthy init --from, from the files beside it.',
    '# Each value has its origin behind it. What no file says is a guess, and marked so:',
    `# ${guesses} of them. Replace them by what you know; seaworthy simulate runs it as it is.`,
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((it) => `  ${it}`);
}

function aloneLines({ alone }: System): string[] {
  if (alone.length === 0) return [];
  return [`  # Left out, for no call to or from it is known: ${alone.join(', ')}`];
}

function callsLines({ parts, loops }: System, pools: readonly Pool[]): string[] {
  const calls = parts
    .flatMap((it) => it.calls)
    .flatMap((edge) => {
      return callLines(
        edge,
        pools.find((it) => it.owner === edge.from && it.to === edge.to),
      );
    });
  const looped = loops.map(
    ({ from, to }) => `  # Left out, for it leads back to its caller: ${from} -> ${to}`,
  );
  if (calls.length === 0 && looped.length === 0) return [];
  return ['', calls.length === 0 ? 'calls: {}' : 'calls:', ...indented(calls), ...looped];
}

function callLines(edge: CallEdge, pool: Pool | undefined): string[] {
  const lines = policyLines(edge, pool);
  const name = `${nameText(edge.from)} -> ${nameText(edge.to)}`;
  if (lines.length === 0) return [`${name}: {}  # no file says how long it waits, or how often`];
  return [`${name}:`, ...lines.map(({ text, from }) => `  ${text}  # ${from}`)];
}

function trafficLines(landscape: Landscape, { parts, entries, generators }: System): string[] {
  const first = entries.length > 0 ? entries : parts.slice(0, 1);
  const sources = [
    ...generators.map((it) => ({ name: nameText(it.from), to: it.to })),
    ...first
      .filter((it) => !generators.some((edge) => edge.to === it.name))
      .map((it) => ({
        name: first.length === 1 ? 'users' : `users-of-${nameText(it.name)}`,
        to: it.name,
      })),
  ];
  return sources.map(({ name, to }) => {
    const rate = landscape.measured.find((it) => it.service === to)?.ratePerSecond;
    const perSecond = Number((rate?.value ?? guessedRate).toPrecision(3));
    const why =
      rate === undefined
        ? 'guess: no file says how much there is'
        : `${originText(rate.origin)}; guess: that no trace was left out`;
    return `${name}: { to: ${nameText(to)}, rate: ${perSecond}/s }  # ${why}`;
  });
}

/** The one that most wait for becomes slow. */
function scenarioLines({ parts }: System): string[] {
  const callers = (part: Part): number =>
    parts.filter((it) => it.calls.some((edge) => edge.to === part.name)).length;
  const [busiest] = parts.toSorted((a, b) => callers(b) - callers(a));
  const name = nameText(busiest!.name);
  return [
    `slow-${name}:  # guess: a scenario to begin with`,
    `  - { at: 60s, for: 10s, slow: ${name}, by: 10x }`,
  ];
}

function objectiveLines(landscape: Landscape, { parts, entries }: System): string[] {
  const known = new Set(parts.map((it) => it.name));
  const stated = landscape.objectives.flatMap((it) => {
    if (it.service === undefined || !known.has(it.service)) return [];
    const from = `  # ${originText(it.target.origin)}`;
    const name = nameText(it.service);
    if (it.kind === 'success') return [`- ${name} success > ${shareText(it.target.value)}${from}`];
    if (it.kind !== 'latency' || it.thresholdMs === undefined) return [];
    return [
      `- ${name} p${quantile(it.target.value)} < ${durationText(it.thresholdMs.value)}${from}`,
    ];
  });
  if (stated.length > 0) return stated;
  const first = entries.length > 0 ? entries : parts.slice(0, 1);
  return first.map((it) => `- ${nameText(it.name)} success > 99%  # guess`);
}

/** The percentile that reports have and that is nearest to a share. */
function quantile(share: number): string {
  if (share >= 0.999) return '99.9';
  return share >= 0.99 ? '99' : '90';
}
