import { durationText, nameText, shareText } from '../../model/import/write/words.ts';
import type { Distribution } from '../../model/model.ts';
import type { MeasuredDependency, MeasuredSystem, Noted } from '../../rehearse/trials/measured.ts';

/**
 * A seaworthy.yaml from what a battery has measured, each value with where it comes from behind it.
 *
 * @param command that measured it
 */
export function measuredModelText(system: MeasuredSystem, name: string, command: string): string {
  const { target, dependencies, ratePerSecond, deadlineMs } = system;
  const own = nameText(target);
  const rate = Number(ratePerSecond.value.toPrecision(3));
  const lines = [
    '# Measured by',
    `#   ${command}`,
    '# Behind each value is where it comes from; what was not measured is a guess, and says so.',
    'seaworthy: 1',
    `name: ${name.replace(/[^\p{L}\p{N} ._-]/gu, '-').slice(0, 64)}`,
    '',
    'services:',
    ...targetLines(system),
    ...dependencies.flatMap(dependencyLines),
    '',
    'calls:',
    `  clients -> ${own}: { deadline: ${durationText(deadlineMs.value)} }  # ${deadlineMs.from}`,
    ...dependencies.flatMap((it) => callLines(own, it)),
    '',
    'traffic:',
    `  clients: { to: ${own}, rate: ${rate}/s }  # ${ratePerSecond.from}`,
    '',
    'scenarios:',
    '  burst:  # guess: as in the battery, and longer',
    '    - { at: 30s, for: 10s, burst: clients, by: 4x }',
    ...dependencies.flatMap(({ name: of, brownOutMs }) => [
      `  ${nameText(`slow-${of}`)}:  # as in the battery, and longer`,
      `    - { at: 30s, for: 10s, slow: ${nameText(of)}, adds: ${durationText(brownOutMs)} }`,
    ]),
    '',
    'objectives:',
    `  - ${own} success > 99%  # guess`,
    '  - recovers within 30s  # guess',
  ];
  return lines.map((it) => `${it}\n`).join('');
}

function targetLines({ target, slots, time, dependencies }: MeasuredSystem): readonly string[] {
  return [
    `  ${nameText(target)}:`,
    `    concurrency: ${slots.value}  # ${slots.from}`,
    '    steps:',
    `      - wait: ${timeText(time.value)}`,
    `        # ${time.from}`,
    ...dependencies.map(({ name, calls }) => `      - ${callText(name, calls)}`),
  ];
}

function callText(name: string, { value, from }: Noted<number>): string {
  const to = nameText(name);
  const times = Math.round(value);
  if (times > 1) return `call: { to: ${to}, times: ${Math.min(times, 1000)} }  # ${from}`;
  if (value > 0.95) return `call: ${to}  # ${from}; guess: in this order`;
  return `call: { to: ${to}, probability: ${shareText(Number(value.toPrecision(2)))} }  # ${from}`;
}

function dependencyLines({ name, time }: MeasuredDependency): readonly string[] {
  return [
    `  ${nameText(name)}:  # guess: without a limit of its own, for none was reached`,
    '    steps:',
    `      - wait: ${timeText(time.value)}`,
    `        # ${time.from}`,
  ];
}

function callLines(
  own: string,
  { name, tried, timeoutMs, attempts, limit }: MeasuredDependency,
): readonly string[] {
  const lines = [
    ...(timeoutMs === undefined
      ? []
      : [`timeout: ${durationText(timeoutMs.value)}  # ${timeoutMs.from}`]),
    ...(attempts === undefined
      ? []
      : [`retry: { attempts: ${attempts.value} }  # ${attempts.from}; guess: its backoff`]),
    ...(limit === undefined
      ? []
      : [`limit: { concurrency: ${limit.value}, queue: { limit: unlimited } }  # ${limit.from}`]),
  ];
  const seen = tried ? 'no limit, timeout or retry was seen' : 'what silence shows was not tried';
  if (lines.length === 0) return [`  ${own} -> ${nameText(name)}: {}  # ${seen}`];
  return [`  ${own} -> ${nameText(name)}:`, ...lines.map((it) => `    ${it}`)];
}

/** As the file writes it. Tables on lines of their own are easier to read, and to shorten. */
function timeText(time: Distribution): string {
  if (time.kind === 'constant') return durationText(time.valueMs);
  if (time.kind === 'log-normal') {
    return `{ p50: ${durationText(time.p50Ms)}, p99: ${durationText(time.p99Ms)} }`;
  }
  if (time.kind !== 'quantiles') throw new TypeError(`nothing is measured as ${time.kind}`);
  const points = time.points.map((it) => `${shareText(it.share)}: ${durationText(it.valueMs)}`);
  return `{ quantiles: { ${points.join(', ')} } }`;
}
