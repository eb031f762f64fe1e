/**
 * What `rehearse --compare-simulation --format json` says of one file, for several seeds.
 *
 * @typedef {{ phase: { name: string }, subject: string, name: string, kind: string,
 *   simulated: number | null, rehearsed: number | null, agrees: boolean }} Signal
 * @typedef {{ scenario: string, compared: { agreement: {
 *   sameVerdict: boolean, simulated: string, rehearsed: string, signals: Signal[] } } }} Scenario
 * @typedef {{ name: string, runs: { seed: number, scenarios: Scenario[] }[] }} File
 */

/** What the two may be apart. */
const kneeShare = 0.15;
const calmShare = 0.2;
/** A signal that agrees in fewer runs is listed: by chance alone some miss now and then. */
const missBelow = 0.5;

const widths = [66, 12, 12, 9];

/** @param {readonly File[]} files */
export function table(files) {
  const rows = files.flatMap((file) => [
    ...verdicts(file),
    ...means(file, 'nothing', 'p99', calmShare),
    ...means(file, 'rush', 'knee', kneeShare),
  ]);
  const out = rows.filter(({ ok }) => !ok).length;
  const seeds = files[0]?.runs.length ?? 0;
  const text = [
    line([`${seeds} seeds`, 'simulated', 'rehearsed', 'apart'], ''),
    ...rows.map(({ cells, ok }) => line(cells, ok ? 'ok' : 'OUT')),
    '',
    ...signals(files),
  ].join('\n');
  return { text, out };
}

/** @param {readonly string[]} cells @param {string} end */
function line(cells, end) {
  const padded = cells.map((cell, at) =>
    at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0),
  );
  return `${padded.join('')}  ${end}`.trimEnd();
}

/** @param {File} file */
function verdicts({ name, runs }) {
  const [first] = runs;
  const scenarios = first?.scenarios.filter(({ scenario }) => scenario !== 'rush') ?? [];
  return scenarios.map(({ scenario }) => {
    const found = valid(runs, scenario);
    const same = found.filter(({ sameVerdict }) => sameVerdict).length;
    const says = (/** @type {'simulated' | 'rehearsed'} */ world) =>
      [...new Set(found.map((each) => each[world]))].join(', ');
    const apart = `${found.length - same} of ${found.length}`;
    const invalid = runs.length - found.length;
    const what = `${name} ${scenario}: verdict${invalid > 0 ? ` (${invalid} invalid)` : ''}`;
    const cells = [what, says('simulated'), says('rehearsed'), apart];
    return { cells, ok: same === found.length && same > 0 };
  });
}

/** @param {File} file @param {string} scenario @param {string} signal @param {number} share */
function means({ name, runs }, scenario, signal, share) {
  const found = valid(runs, scenario).flatMap(({ signals: all }) =>
    all.filter((each) => each.name === signal),
  );
  return [...new Set(found.map(({ subject }) => subject))].map((subject) => {
    const its = found.filter((each) => each.subject === subject);
    const simulated = mean(its.map((each) => each.simulated ?? Infinity));
    const rehearsed = mean(its.map((each) => each.rehearsed ?? Infinity));
    const apart = Math.abs(rehearsed - simulated) / simulated;
    const unit = its[0]?.kind === 'time' ? ' ms' : '/s';
    const cells = [
      `${name} ${scenario}: ${subject} ${signal}, mean of ${its.length}`,
      `${simulated.toPrecision(3)}${unit}`,
      `${rehearsed.toPrecision(3)}${unit}`,
      `${(apart * 100).toFixed(1)} %`,
    ];
    return { cells, ok: apart <= share };
  });
}

/** How many of all signals agree, and which often do not. @param {readonly File[]} files */
function signals(files) {
  /** @type {Map<string, Signal[]>} */
  const byName = new Map();
  for (const { name, runs } of files) {
    for (const { scenario, compared } of runs.flatMap((run) => run.scenarios)) {
      if (compared.agreement.rehearsed === 'invalid') continue;
      for (const signal of compared.agreement.signals) {
        const key = `${name} ${scenario}, ${signal.phase.name}: ${signal.subject} ${signal.name}`;
        byName.set(key, [...(byName.get(key) ?? []), signal]);
      }
    }
  }
  const all = [...byName.values()].flat();
  const agreeing = all.filter(({ agrees }) => agrees).length;
  const missed = [...byName].filter(([, found]) => agreement(found) < missBelow);
  return [
    `${agreeing} of ${all.length} signals agree; these in less than half of the runs:`,
    ...missed.map(([key, found]) => {
      const text = (/** @type {'simulated' | 'rehearsed'} */ world) =>
        mean(found.map((each) => each[world] ?? Infinity)).toPrecision(3);
      const apart = `${found.filter(({ agrees }) => !agrees).length} of ${found.length}`;
      return line([key, text('simulated'), text('rehearsed'), apart], '');
    }),
  ];
}

/** @param {readonly Signal[]} found */
function agreement(found) {
  return found.filter(({ agrees }) => agrees).length / found.length;
}

/**
 * What those runs of a scenario say in which generator and faults did their part.
 *
 * @param {File['runs']} runs
 * @param {string} name
 */
function valid(runs, name) {
  return runs
    .map(({ scenarios }) => scenarios.find(({ scenario }) => scenario === name))
    .flatMap((found) => found?.compared.agreement ?? [])
    .filter(({ rehearsed }) => rehearsed !== 'invalid');
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
