import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { VirtualTime } from '@seaworthy/policy/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { readModel } from '../model/read.ts';
import { callPolicyOf, FileError, OptionError, policy } from './policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-library-'));
afterAll(() => rmSync(folder, { recursive: true }));

const system = `
name: shop
services:
  web: { concurrency: 8, steps: [{ call: payments }, { call: prices }, { call: stock }] }
  payments: { concurrency: 8, steps: [{ wait: 10ms }] }
  prices: { concurrency: 8, steps: [{ wait: 10ms }] }
  stock: { concurrency: 8, balance: random, steps: [{ wait: 10ms }] }
  archive: { concurrency: 8, steps: [{ wait: 10ms }] }
traffic:
  shoppers: { to: web, rate: 10/s }
run: { for: 10s }
`;

function fileOf(calls: string, more = ''): string {
  const path = join(folder, 'seaworthy.yaml');
  writeFileSync(path, `seaworthy: 1${system}calls:\n${calls}${more}`);
  return path;
}

const payments = `
  web -> payments:
    deadline: 2s
    timeout: 800ms
    retry: { attempts: 3, budget: { share: 50%, floor: 1/s } }
    breaker: { consecutive: 2, open: 30s }
    limit: 4
    propagate: true
    network: same-zone
`;

const never = () => new Promise<never>(() => {});
const failure = (error: unknown) => (error as { code?: string }).code;

/** The message of what it throws, with the folder of the test left out. */
function messageOf(work: () => unknown, type: typeof FileError | typeof OptionError): string {
  try {
    work();
  } catch (error) {
    if (error instanceof type) return error.message.replaceAll(folder, '');
    throw error;
  }
  throw new Error('it did not throw');
}

describe('policy.fromFile', () => {
  it('does what the file says', async () => {
    const time = new VirtualTime();
    const call = policy.fromFile(fileOf(payments), 'web -> payments', {}, time);
    expect(call.policyName).toBe('payments');
    expect(call.snapshot()).toMatchObject({ limit: 4, budgetLeft: 10, breaker: 'closed' });
    let attempts = 0;
    const ended = call(() => {
      attempts++;
      return never();
    }).catch(failure);
    await time.advance(2000);
    expect(await ended).toBe('SEAWORTHY_BREAKER_OPEN');
    expect(attempts).toBe(2);
    expect(call.snapshot().breaker).toBe('open');
  });

  it('takes the environment', () => {
    const more = `
environments:
  production:
    calls: { web -> payments: { timeout: 100ms, limit: 40, breaker: null } }
`;
    const file = fileOf(payments, more);
    const limitIn = (env: string | undefined) =>
      policy.fromFile(file, 'web -> payments', { env }).snapshot().limit;
    expect([limitIn(undefined), limitIn('production')]).toEqual([4, 40]);
    const { timeout, breaker, deadline } = callPolicyOf(file, 'web -> payments', {
      env: 'production',
    });
    expect({ timeout, breaker, deadline }).toEqual({
      timeout: '100ms',
      breaker: undefined,
      deadline: '2s',
    });
    expect(messageOf(() => limitIn('prodution'), FileError)).toMatchInlineSnapshot(`
      "/seaworthy.yaml:23:1  environments  unknown environment "prodution"
         23 | environments:
            | ^^^^^^^^^^^^
      did you mean "production"?"
    `);
  });

  it('reads the file anew when it has changed, for reconfigure', async () => {
    const file = fileOf(payments);
    const call = policy.fromFile(pathToFileURL(file), 'web -> payments');
    writeFileSync(file, `seaworthy: 1${system}calls:\n${payments.replace('limit: 4', 'limit: 7')}`);
    call.reconfigure(callPolicyOf(pathToFileURL(file), 'web -> payments'));
    expect(call.snapshot().limit).toBe(7);
  });

  it('has no policies for a call without an entry', async () => {
    const call = policy.fromFile(fileOf(payments), 'web -> prices');
    expect(call.snapshot()).toMatchObject({ limit: Infinity, budgetLeft: Infinity });
    expect(await call(() => 7)).toBe(7);
  });

  it('takes what a file cannot say', async () => {
    const file = fileOf(`
  web -> prices: { fallback: [{ call: archive }, { answer: 1ms }] }
  web -> stock: { outliers: { consecutive: 1 } }
`);
    const fallback = [() => Promise.reject(new Error('also down')), () => 'cached'];
    const call = policy.fromFile(file, 'web -> prices', { name: 'quotes', fallback });
    const down = (): Promise<never> => Promise.reject(new Error('down'));
    expect([call.policyName, await call(down)]).toEqual(['quotes', 'cached']);
    const ejected: number[] = [];
    const stock = policy.fromFile(file, 'web -> stock', {
      endpoints: ['http://a', 'http://b'],
      observer: { endpointEjected: (endpoint) => ejected.push(endpoint) },
    });
    await stock(down).catch(failure);
    expect(ejected).toHaveLength(1);
    expect(callPolicyOf(file, 'web -> stock').balance).toBe('random');
  });

  it.each<[object, RegExp]>([
    [{}, /fallback is \[\]: the file has 2 for this call: give as many functions/],
    [{ fallback: [() => 1] }, /the file has 2 for this call/],
    [{ fallback: [() => 1, () => 2], timeout: '1s' }, /timeout is "1s": not an option beside/],
    [{ fallback: [() => 1, () => 2], names: 'x' }, /names is "x": not an option beside a file/],
  ])('refuses %j', (own, says) => {
    const file = fileOf(`  web -> prices: { fallback: [{ call: archive }, { answer: 1ms }] }\n`);
    const make = () => policy.fromFile(file, 'web -> prices', own);
    expect(messageOf(make, OptionError)).toMatch(says);
  });

  it('says where the file is wrong', () => {
    const file = fileOf(`
  web -> payments:
    timeout: 800
    retry: { attempts: 3, budgett: { share: 10% } }
`);
    const make = () => policy.fromFile(file, 'web -> payments');
    expect(messageOf(make, FileError)).toMatchInlineSnapshot(`
      "/seaworthy.yaml:15:14  calls."web -> payments".timeout  a duration needs a unit
         15 |     timeout: 800
            |              ^^^
      write 800ms, or another unit: ns, us, s, m, h, d

      /seaworthy.yaml:16:27  calls."web -> payments".retry.budgett  unknown key
         16 |     retry: { attempts: 3, budgett: { share: 10% } }
            |                           ^^^^^^^
      did you mean "budget"?"
    `);
    expect(make).toThrow(expect.objectContaining({ code: 'SEAWORTHY_FILE' }));
    expect(make).toThrow(
      expect.objectContaining({ problems: [expect.anything(), expect.anything()] }),
    );
  });

  it('refuses what one process cannot do', () => {
    const budget = fileOf('  web -> payments: { retry: { budget: { shared: true } } }\n');
    const make = () => policy.fromFile(budget, 'web -> payments');
    expect(messageOf(make, FileError)).toMatchInlineSnapshot(`
      "/seaworthy.yaml:13:49  calls."web -> payments".retry.budget.shared  a process shares nothing
         13 |   web -> payments: { retry: { budget: { shared: true } } }
            |                                                 ^^^^
      leave it out: each process has a budget and a cache of its own"
    `);
    const keys = 'keys: { count: 9, zipf: 1 }';
    const cache = fileOf(`  web -> payments: { cache: { ttl: 1s, shared: true, ${keys} } }\n`);
    expect(() => policy.fromFile(cache, 'web -> payments')).toThrow(/a process shares nothing/);
    const own = fileOf(`  web -> payments: { cache: { ttl: 1s, warm: true, ${keys} } }\n`);
    expect(callPolicyOf(own, 'web -> payments')).toEqual({ cache: { ttl: '1s' } });
  });

  it('knows no other calls and files', () => {
    const file = fileOf(payments);
    const unknown = (call: string) => messageOf(() => policy.fromFile(file, call), FileError);
    expect(unknown('web -> paymets')).toMatchInlineSnapshot(
      `"shop has no call "web -> paymets"; did you mean "web -> payments"?"`,
    );
    expect(unknown('payments')).toMatch(
      /^shop has no call "payments"; known here: shoppers -> web, web/,
    );
    const missing = () => policy.fromFile(join(folder, 'none.yaml'), 'web -> payments');
    expect(messageOf(missing, FileError)).toMatchInlineSnapshot(
      `"cannot read /none.yaml: there is no such file"`,
    );
  });
});

it('policy makes policies of options, too', async () => {
  const call = policy({ timeout: '1s', fallback: [() => 'cached'] });
  expect(await call(() => Promise.reject(new Error('down')))).toBe('cached');
});

it('makes a policy of every call in the examples, but for what processes share', () => {
  const root = fileURLToPath(new URL('../../../../examples', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('seaworthy.yaml'))
    .map((name) => join(root, name));
  let made = 0;
  const refused = new Set<string>();
  for (const file of files) {
    const { model } = readModel(readFileSync(file, 'utf8'), file, {});
    for (const { name, fallbacks, policy: settings } of model.edges) {
      try {
        const fallback = fallbacks.map(() => () => 'instead');
        const { limit } = policy.fromFile(file, name, { fallback }).snapshot();
        const slots = settings.limit?.concurrency ?? Infinity;
        expect(limit).toBe(typeof slots === 'number' ? slots : slots.initial);
        made++;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        refused.add(error.problems[0]!.message);
      }
    }
  }
  expect(made).toBeGreaterThan(files.length);
  expect([...refused]).toEqual(['a process shares nothing']);
});
