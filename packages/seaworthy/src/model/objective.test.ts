import { describe, expect, it } from 'vitest';
import { parseExpectation, parseObjective } from './objective.ts';

const edges = ['web -> payments', 'shoppers -> web'];
const subjects = {
  services: ['web', 'payments'],
  sources: ['shoppers'],
  queues: ['orders'],
  rows: ['accounts'],
  classesOf: () => [0.9, 0, 0.1, 0],
  edges,
  edgeIndex: (name: string) => edges.indexOf(name),
};

const quantile = (kind: string, value: number) => ({
  kind,
  statistic: 'quantile',
  quantile: value,
});

describe('an objective', () => {
  it.each([
    ['web p99 < 500ms', 'service', quantile('latency', 0.99), '<', 500],
    ['web p99.9<=1.5s', 'service', quantile('latency', 0.999), '<=', 1500],
    ['web success > 99.9%', 'service', { kind: 'success' }, '>', 0.999],
    ['web -> payments attempts < 1.2', 'edge', { kind: 'attempts' }, '<', 1.2],
    ['web->payments wait max < 1s', 'edge', { kind: 'wait', statistic: 'max' }, '<', 1000],
    ['shoppers goodput >= 60/m', 'source', { kind: 'goodput' }, '>=', 1],
    ['payments service mean < 1ms', 'service', { kind: 'service-time', statistic: 'mean' }, '<', 1],
    ['payments utilisation < 80%', 'service', { kind: 'utilisation' }, '<', 0.8],
    ['orders backlog < 1000', 'queue', { kind: 'backlog' }, '<', 1000],
    ['orders age < 1m', 'queue', { kind: 'age' }, '<', 60_000],
    ['orders p99 < 5s', 'queue', quantile('latency', 0.99), '<', 5000],
    ['orders dead-letters <= 1%', 'queue', { kind: 'dead-letters' }, '<=', 0.01],
    ['accounts wait p99 < 10ms', 'rows', quantile('wait', 0.99), '<', 10],
    ['accounts conflicts < 5%', 'rows', { kind: 'conflicts' }, '<', 0.05],
    ['shoppers makespan < 10m', 'source', { kind: 'makespan' }, '<', 600_000],
    ['shoppers sheddable failed < 5%', 'source', { kind: 'failed', criticality: 0 }, '<', 0.05],
    ['recovers within 30s', 'system', { kind: 'recovery' }, '<=', 30_000],
  ])('%s', (text, subject, measure, comparison, required) => {
    const objective = parseObjective(text, subjects);
    expect(objective).toMatchObject({ subject: { kind: subject }, measure, comparison, required });
    expect(objective.text).toBe(text);
  });

  it('may be about a part of the run', () => {
    const { window } = parseObjective('web p50 < 1s from 60s to 2m', subjects);
    expect(window).toEqual({ fromMs: 60_000, toMs: 120_000 });
  });

  it.each([
    ['web p99 < 500', '"500" is not a duration', 'write, for example, 500ms'],
    ['web success > 99.9', '"99.9" is not a share', 'write, for example, 99.9%'],
    ['web p100 < 1s', 'unknown measure "p100"', 'measures: p50 (any percentile)'],
    ['web sucess > 9%', 'unknown measure "sucess"', 'did you mean "success"?'],
    ['web p99', 'no comparison', 'write, for example'],
    ['web p99 = 5s', 'no comparison', 'write, for example'],
    ['web < 5s', 'no measure', 'measures:'],
    ['wbe p99 < 5s', 'unknown service or source "wbe"', 'did you mean "web"?'],
    ['web -> bank p99 < 5s', 'unknown edge "web -> bank"', 'known here: web -> payments'],
    ['web -> payments queue < 5', 'only services, rows have "queue"', 'name one of'],
    ['orders wait p99 < 5s', 'only services, edges, sources, rows have "wait p99"', 'name one'],
    ['web p99 < 5s or so', 'too many words', 'write, for example'],
    ['web p99 < 5s from 1s', 'not a part of the run', 'from 60s to 90s'],
    [' ', 'an empty statement', 'write, for example'],
  ])('%s: %s', (text, message, expected) => {
    expect(() => parseObjective(text, subjects)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message) as string,
        expected: expect.stringContaining(expected) as string,
      }) as Error,
    );
  });
});

describe('an expectation', () => {
  const frame = {
    scenario: undefined,
    environment: undefined,
    standardError: undefined,
    source: 'M/M/1',
  };
  const measured = { ...frame, within: '3 standard errors', between: undefined };

  it('may have been measured itself', () => {
    const { expected } = parseExpectation(
      'shoppers makespan = 2037ms',
      { ...measured, standardError: '11ms' },
      subjects,
    );
    expect(expected).toMatchObject({ tolerance: { kind: 'standard-errors', count: 3, own: 11 } });
    expect(() =>
      parseExpectation(
        'web attempts = 2',
        { ...measured, within: '3%', standardError: '1' },
        subjects,
      ),
    ).toThrow('a share does not look at the standard error');
  });

  const read = (that: string, within?: string, between?: readonly [string, string]) =>
    parseExpectation(that, { ...frame, within, between }, subjects).expected;

  it('has a value with a tolerance, or a range', () => {
    const tolerance = { kind: 'standard-errors', count: 3, own: 0 };
    expect(read('web wait mean = 4s', '3 standard errors')).toEqual({
      kind: 'value',
      value: 4000,
      tolerance,
    });
    expect(read('web attempts = 1.1', '3%')).toMatchObject({
      tolerance: { kind: 'share', share: 0.03 },
    });
    expect(read('web p99', undefined, ['20s', '26s'])).toEqual({
      kind: 'range',
      from: 20_000,
      to: 26_000,
    });
  });

  it('has one of them', () => {
    expect(() => read('web p99 = 4s')).toThrow('nothing to compare with');
    expect(() => read('web p99', '3%')).toThrow('nothing to compare with');
    expect(() => read('web p99 = 4s', '3%', ['1s', '2s'])).toThrow('a value and a range');
    expect(() => read('web p99', undefined, ['2s', '1s'])).toThrow('ends before it begins');
  });
});
