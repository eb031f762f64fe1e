import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settingsOf } from '../packages/policy/src/testing/settings-of.ts';
import { readModel } from '../packages/seaworthy/src/model/read.ts';
import { gauges } from '../packages/policy/src/signals/gauges.ts';
import { counters, histograms } from '../packages/policy/src/signals/metrics.ts';
import { reasonNames } from '../packages/policy/src/call/reason.ts';

const docs = new URL('../docs/', import.meta.url);
const text = (page: string) => readFileSync(new URL(page, docs), 'utf8');

/** The pages, where their settings stand under a call, and what these need beside them. */
const pages: Readonly<Record<string, { readonly prefix: string; readonly beside?: object }>> = {
  'adaptive-limit.md': { prefix: 'limit.', beside: { limit: { concurrency: 'adaptive' } } },
  'admission.md': { prefix: 'admission.' },
  'breaker.md': { prefix: 'breaker.' },
  'budget.md': { prefix: 'retry.budget.' },
  'cache.md': { prefix: 'cache.', beside: { cache: { ttl: '1s' } } },
  'deadline-and-timeout.md': { prefix: '', beside: { deadline: '1s' } },
  'endpoints.md': { prefix: '' },
  'fallback.md': { prefix: '', beside: { deadline: '1s' } },
  'hedge.md': { prefix: 'hedge.' },
  'limit.md': { prefix: 'limit.', beside: { limit: { concurrency: 5 } } },
  'retry.md': { prefix: 'retry.' },
  'throttle.md': { prefix: 'throttle.' },
};

/** What the model has and a policy of one process has not. */
const ofTheSystem = ['propagate', 'fallback', 'shared', 'keys', 'warm'];

interface Row {
  readonly path: string;
  readonly default: string;
}

function cellsOf(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

/** The rows of the table in a section whose first cell is a key. */
function rowsOf(part: string, prefix: string, column: number): Row[] {
  return part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const cells = cellsOf(line);
      return { path: prefix + cells[1]!.replaceAll('`', ''), default: cells[column]! };
    });
}

function section(page: string, heading: string): string {
  return (
    text(page)
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? ''
  );
}

/** The table of the file, which is made from its schema. */
const inFile = text('file.md')
  .split(/^## /m)
  .flatMap((part) => {
    const below = /^`calls\.<name>\.?(.*)`/.exec(part)?.[1];
    if (below === undefined || /^(network|cache\.keys|fallback)/.test(below)) return [];
    return rowsOf(part, below === '' ? '' : `${below}.`, 4);
  })
  .filter(({ path }) => path !== 'network');

/** `50ms` where it begins with a value; undefined where it is told in words. */
function literal({ default: cell }: Row): string | undefined {
  return /^`([^`]+)`/.exec(cell)?.[1] ?? /^(\d[^ ;]*);/.exec(cell)?.[1];
}

describe.each(Object.entries(pages))('docs/policies/%s', (page, { prefix, beside = {} }) => {
  const rows = rowsOf(section(`policies/${page}`, 'Settings'), prefix, 2);

  it('has the parts of a page, in their order', () => {
    const headings = [...text(`policies/${page}`).matchAll(/^## (.*)$/gm)].map(
      ([, heading]) => heading!,
    );
    const parts = ['Settings', 'What is measured', 'Patterns', 'Anti-patterns'];
    expect(headings.filter((heading) => parts.includes(heading))).toEqual(parts);
    const about = text(`policies/${page}`).split(/^## /m)[0]!;
    expect(about).toMatch(/```yaml\n[^]*```ts\n/);
  });

  it('has the defaults of the file', () => {
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const written = inFile.find(({ path }) => path === row.path);
      expect(written, row.path).toBeDefined();
      expect([row.path, literal(row)]).toEqual([row.path, literal(written!)]);
    }
  });

  it('has the defaults of the library', () => {
    const settings = settingsOf(withValue(beside, prefix.slice(0, -1), {}));
    for (const row of rows) {
      const value = literal(row);
      if (value === undefined || ofTheSystem.includes(row.path.split('.').at(-1)!)) continue;
      const said = settingsOf(withValue(beside, row.path, parse(value)));
      const parent = settingsOf(withValue(beside, row.path.replace(/\.?[^.]+$/, ''), {}));
      expect([row.path, said]).toEqual([row.path, row.path.includes('.') ? parent : settings]);
    }
  });

  it('names signals of the library that there are', () => {
    const [line] = /^- In the library: .*$/m.exec(section(`policies/${page}`, 'What is measured'))!;
    const names = [...line.matchAll(/`([^`]+)`/g)].map(([, name]) =>
      name!.replace(/^snap.*\./, ''),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !signals.includes(name))).toEqual([]);
  });
});

const observed = readFileSync(
  new URL('../packages/policy/api/index.api.md', import.meta.url),
  'utf8',
);
const signals: readonly string[] = [
  ...Object.keys(counters),
  ...Object.keys(histograms),
  ...Object.keys(gauges).map((name) => name.replace(/_seconds$/, '')),
  ...reasonNames,
  ...[...observed.matchAll(/^ {4}(\w+)\?\(/gm)].map(([, name]) => name!),
  ...[...observed.matchAll(/^ {4}readonly (\w+): number;/gm)].map(([, name]) => name!),
];

/** The options with a value at a path, in whatever there is on the way. */
function withValue(options: object, path: string, value: unknown): object {
  if (path === '') return options;
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  const there = (options as Record<string, unknown>)[key];
  const inner = typeof there === 'object' && there !== null ? there : {};
  if (rest.length > 0) return { ...options, [key]: withValue(inner, rest.join('.'), value) };
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && there !== undefined) return options;
  return { ...options, [key]: value };
}

it('the pages tell every key of a call', () => {
  const told = Object.entries(pages).flatMap(([page, { prefix }]) =>
    rowsOf(section(`policies/${page}`, 'Settings'), prefix, 2).map(({ path }) => path),
  );
  const names = Object.values(pages).map(({ prefix }) => prefix.slice(0, -1));
  const missing = inFile
    .map(({ path }) => path)
    .filter((path) => !told.includes(path) && !names.includes(path))
    .filter((path) => !told.some((other) => other.startsWith(`${path}.`)));
  expect(missing).toEqual([]);
});

it('the examples of the pages can be simulated', () => {
  let read = 0;
  for (const page of readdirSync(new URL('policies', docs))) {
    for (const [, example] of text(`policies/${page}`).matchAll(/^```yaml\n(.*?)^```$/gms)) {
      expect(() => readModel(JSON.stringify(systemAround(example!)), page, {})).not.toThrow();
      read++;
    }
  }
  expect(read).toBeGreaterThan(11);
});

/** A system that has what an example of a page names. */
function systemAround(example: string): object {
  const part = parse(example) as Record<string, Record<string, Record<string, unknown>>>;
  const { calls = {}, services = {}, traffic = {}, ...others } = part;
  const callees = Object.keys(calls).map((name) => name.split(' -> ')[1]!);
  const links = Object.values(calls).flatMap(
    ({ fallback = [] }) => fallback as { call?: string }[],
  );
  const more = links.flatMap(({ call }) => (call === undefined ? [] : [call]));
  const plain = [...callees, ...more].filter((name) => !(name in services));
  const entry = Object.keys(services)[0] ?? 'web';
  return {
    seaworthy: 1,
    name: 'example',
    run: { for: '10m' },
    traffic: Object.keys(traffic).length > 0 ? traffic : { users: { to: entry, rate: '1/s' } },
    services: {
      ...Object.fromEntries(plain.map((name) => [name, { steps: [{ wait: '10ms' }] }])),
      ...(callees.length > 0 && { web: { steps: callees.map((call) => ({ call })) } }),
      ...Object.fromEntries(
        Object.entries(services).map(([name, own]) => [name, { steps: [{ wait: '1ms' }], ...own }]),
      ),
    },
    calls,
    ...others,
  };
}
