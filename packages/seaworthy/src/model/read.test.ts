import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderExplain } from './explain-text.ts';
import { hashModel } from './hash.ts';
import { formatProblem, formatProblems, ModelError } from './problem.ts';
import { readModel } from './read.ts';
import { jsonSchema } from './schema/json-schema.ts';

/** A file that uses every key, and one that gets almost every key wrong. */
const everyKey = fixture('every-key.yaml');
const everyMistake = fixture('every-mistake.yaml');

function fixture(name: string): string {
  return readFileSync(new URL(`testing/${name}`, import.meta.url), 'utf8');
}

function error(text: string, fileName: string, environment?: string): ModelError {
  try {
    readModel(text, fileName, environment === undefined ? {} : { environment });
  } catch (thrown) {
    if (thrown instanceof ModelError) return thrown;
    throw thrown;
  }
  throw new Error('it was read');
}

function refusal(text: string, environment?: string): string {
  return formatProblems(error(text, 'shop.yaml', environment));
}

const small = `
seaworthy: 1
name: shop
services: { web: { steps: [{ call: payments }] }, payments: {} }
traffic: { shoppers: { to: web, rate: 300/s } }
`;

describe('a file that uses every key', () => {
  it('becomes the effective model', async () => {
    const { model } = readModel(everyKey, 'every-key.yaml', { environment: 'production' });
    const shown = JSON.stringify(model, plain, 2);
    await expect(`${shown}\n`).toMatchFileSnapshot('__snapshots__/every-key.json');
  });

  it('does use every key', () => {
    const missing = propertyNames(jsonSchema()).filter((key) => !everyKey.includes(`${key}:`));
    expect(missing).toEqual([]);
  });

  it('is explained with the origin of each value', async () => {
    const { explain } = readModel(everyKey, 'every-key.yaml', { environment: 'production' });
    const shown = renderExplain(explain);
    await expect(shown).toMatchFileSnapshot('__snapshots__/every-key.explain.yaml');
  });

  it('reads the same from its own explanation', () => {
    const { model, explain } = readModel(everyKey, 'every-key.yaml', {});
    // `none` and the like say that a key is absent; a list item stays, without its first key.
    const absent = /^( *-)? *[\w]+: ([a-z][a-z ,]+) +# default$/;
    const values = /: (false|true|unlimited|shared|fifo|round-robin|served|full|poisson) /;
    const lines = renderExplain(explain)
      .split('\n')
      .map((line) => (values.test(line) ? line : line.replace(absent, '$1')));
    const environments = everyKey.slice(everyKey.indexOf('environments:'));
    const again = readModel(`${lines.join('\n')}${environments}`, 'again.yaml', {});
    expect(hashModel(again.model)).toBe(hashModel(model));
  });
});

/** The keys of all maps in a JSON Schema. */
function propertyNames(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...new Set([...own, ...Object.values(schema).flatMap(propertyNames)])];
}

function plain(_key: string, value: unknown): unknown {
  if (value === Infinity) return 'unlimited';
  return value instanceof Set ? [...value] : value;
}

describe('a file with problems', () => {
  it('hears of all of them at once, in the order of the file', async () => {
    const { problems } = error(everyMistake, 'every-mistake.yaml');
    const shown = problems.map(formatProblem).join('\n\n');
    await expect(`${shown}\n`).toMatchFileSnapshot('__snapshots__/every-mistake.txt');
  });

  it('reads the first twenty', () => {
    const shown = formatProblems(error(everyMistake, 'every-mistake.yaml'));
    expect(shown.split('\n\n')).toHaveLength(21);
    expect(shown).toMatch(/\n\nand \d+ more problems$/);
  });

  it('hears of the unknown key as a compiler would say it', () => {
    expect(refusal(`${small}calls:\n  web -> payments: { retry: { budgett: { share: 10% } } }\n`))
      .toMatchInlineSnapshot(`
        "shop.yaml:7:31  calls."web -> payments".retry.budgett  unknown key
            7 |   web -> payments: { retry: { budgett: { share: 10% } } }
              |                               ^^^^^^^
        did you mean "budget"?"
      `);
  });

  it('names the circle of its calls', () => {
    const services = `services:
  web: { steps: [{ call: payments }] }
  payments: { steps: [{ call: bank }] }
  bank: { steps: [{ call: web }] }`;
    const [first, ...rest] = refusal(small.replace(/services.*/, services)).split('\n');
    const where = 'shop.yaml:7:27  services.bank.steps[0].call.to';
    expect(first).toBe(`${where}  calls go round in a circle: web -> payments -> bank -> web`);
    expect(rest.at(-1)).toBe('each would wait for the other, for ever; take one of the calls out');
  });

  it('refuses locks that can deadlock, also over calls', () => {
    const refusalOf = (steps: string, below = '[]'): string => {
      const services = `rows: { first: 1, second: 1 }
services: { web: { steps: ${steps} }, payments: { steps: ${below} } }`;
      return refusal(small.replace(/services.*/, services));
    };
    const twice = refusalOf(
      '[{ call: payments }, { lock: first, for: [{ lock: first, for: [] }] }]',
    );
    expect(twice).toContain('first is locked while a row of first is locked');
    const order = refusalOf(
      '[{ call: payments }, { lock: second, for: [{ lock: first, for: [] }] }]',
    );
    expect(order).toContain('first is locked after second, against the order under rows');
    const below = refusalOf(
      '[{ lock: second, for: [{ call: payments }] }]',
      '[{ lock: first, for: [{ wait: 1ms }] }]',
    );
    expect(below).toContain('below this call first is locked after second');
    const write = refusalOf(
      '[{ call: payments }, { together: [{ read: first }] }, { write: first }]',
    );
    expect(write).toContain('first is written without being read');
  });

  it('names the circle of its fallbacks', () => {
    const calls = `calls:
  web -> payments: { fallback: [{ call: other }] }
  web -> other: { fallback: [{ call: payments }] }
`;
    const text = small.replace('payments: {}', 'payments: {}, other: {}') + calls;
    expect(refusal(text)).toContain(
      'fallbacks go round in a circle: web -> payments, then web -> other, then web -> payments',
    );
  });

  it('hears of a mistake in an overlay, whichever environment is chosen', () => {
    const text = `${small}environments:\n  staging: { traffic: { shoppers: { rate: 900 } } }\n`;
    expect(refusal(text)).toContain('shop.yaml:7:43  traffic.shoppers.rate  a rate needs a unit');
    expect(refusal(text, 'stagin')).toContain('did you mean "staging"?');
    expect(refusal(small, 'staging')).toContain('the file has none');
  });

  it.each([
    ['services: {}', 'no services'],
    ['name: shop', 'a second "name"'],
    ['services:\n  __proto__: {}', 'cannot be a key'],
    [
      'expectations: [{ that: web p99, between: [1s, 2s], source: "\\e[31m" }]',
      'control characters',
    ],
    ['run: { for: 105d }', 'it must be more than 0, at most 104 days'],
    ['run: { for: 10s, warmUp: 10s }', 'the warm-up takes the whole run'],
    ['calls: { payments -> web: {} }', 'nobody uses this edge: payments never calls web'],
    ['scenarios: { a: [{ at: 1s, kill: payments, replicas: [2] }] }', 'payments has no replica 2'],
    ['scenarios: { a: [{ at: 1s, fail: web -> payment }] }', 'did you mean "web -> payments"?'],
    ['scenarios: { a: [{ at: 1s, pause: web -> payments }] }', 'an edge cannot do that'],
    ['run: { for: 9s }\nscenarios: { a: [{ at: 9s, kill: web }] }', 'when the run is over'],
    ['scenarios: { a: [{ at: 1s, loss: web, share: 100% }] }', 'where all is lost, use blackhole'],
    ['scenarios: { a: [{ at: 1s }] }', 'not a fault'],
    ['scenarios: { a: [{ at: 1s, flush: web -> payments }] }', 'web -> payments has no cache'],
    ['scenarios: { a: [{ at: 1s, flush: payments }] }', 'unknown edge "payments"'],
    ['calls: { web -> payments: { cache: { ttl: 1s } } }', 'nothing that comes here has a key'],
    [
      'calls: { web -> payments: { cache: { ttl: 1s, capacity: 9000000, warm: true, ' +
        'keys: { count: 9000000 } } } }',
      'caches begin with 9000000 answers',
    ],
    ['scenarios: { a: [{ at: 1s, burst: shopper, by: 2x }] }', 'did you mean "shoppers"?'],
    [
      'expectations: [{ that: web p99 = 1s, within: 3%, source: x, scenario: a }]',
      'unknown scenario',
    ],
    ['objectives: [web p99 < 1s from 9s to 8s]', 'not a part of the run'],
  ])('%s: %s', (lines, message) => {
    const isServices = lines.startsWith('services');
    const base = isServices ? small.replace(/services.*\n/, '') : small;
    expect(refusal(`${base}${lines}\n`)).toContain(message);
  });

  it('has limits for what calls multiply to', () => {
    const hop = (to: string) => `{ steps: [{ call: { to: ${to}, times: 1000 } }] }`;
    const text = small.replace(
      /services.*/,
      `services: { web: ${hop('b')}, b: ${hop('c')}, c: {} }`,
    );
    expect(refusal(text)).toContain('one task makes up to 1e+6 calls');
  });
});

describe('an overlay', () => {
  it('merges maps, replaces the rest, and deletes with null', () => {
    const text = `${small}
calls: { web -> payments: { timeout: 1s, retry: 3 } }
environments:
  production:
    calls: { web -> payments: { retry: null, deadline: 2s } }
    services: { web: { steps: [{ cpu: 1ms }, { call: payments }] } }
`;
    const { model } = readModel(text, 'shop.yaml', { environment: 'production' });
    const edge = model.edges.find((candidate) => candidate.name === 'web -> payments');
    expect(edge?.policy).toEqual({
      deadlineMs: 2000,
      timeoutMs: 1000,
      fallbackReserveMs: 0,
      fallbacks: 0,
    });
    expect(model.services[0]?.steps).toHaveLength(2);
    expect(model.environment).toBe('production');
  });
});

describe('the hash', () => {
  it('is of what a file means, not of how it is written', () => {
    const hash = (text: string) => hashModel(readModel(text, 'a.yaml', {}).model);
    const other = small
      .replace('300/s', '{ at: 0s, rate: 18000/m }')
      .replace('rate: {', 'rate: [{');
    expect(hash(other.replace('/m }', '/m }]'))).toBe(hash(small));
    expect(hash(small.replace('300/s', '301/s'))).not.toBe(hash(small));
    expect(hash(small)).toMatch(/^[\da-f]{64}$/);
  });
});
