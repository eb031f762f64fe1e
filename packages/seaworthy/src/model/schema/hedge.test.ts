import { describe, expect, it } from 'vitest';

import { ModelError } from '../problem.ts';
import { readModel } from '../read.ts';

function policyOf(call: string) {
  const text = `
seaworthy: 1
name: shop
services: { web: { steps: [{ call: quotes }] }, quotes: { replicas: 3, balance: random } }
calls: { web -> quotes: ${call} }
traffic: { shoppers: { to: web, rate: 10/s } }`;
  const { edges } = readModel(text, 'shop.yaml', {}).model;
  return edges.find(({ name }) => name === 'web -> quotes')!.policy;
}

function refusal(call: string): string {
  try {
    policyOf(call);
  } catch (error) {
    if (error instanceof ModelError) return error.problems[0]!.message;
    throw error;
  }
  return 'it was read';
}

describe('a hedge in the file', () => {
  it('has a quantile or a duration, short or long', () => {
    expect(policyOf('{ hedge: p99.9 }').hedge).toMatchObject({
      delay: { quantile: 0.999 },
      most: 1,
    });
    expect(policyOf('{ hedge: { delay: 50ms, most: 2 } }').hedge).toMatchObject({
      delay: 50,
      most: 2,
    });
  });

  it('is paid from the budget of the retries, or from one of its own, never from nothing', () => {
    expect(policyOf('{ hedge: p95, retry: { budget: {} } }').hedge?.budget).toBeUndefined();
    expect(policyOf('{ hedge: p95, retry: 3 }').hedge?.budget).toEqual({
      share: 0.1,
      floorPerSecond: 0,
      withinMs: 10_000,
    });
  });

  it.each([
    ['{ hedge: 1s, timeout: 800ms }', 'has ended at its timeout when its hedge would start'],
    ['{ hedge: 1s, deadline: 1s }', 'has ended at its deadline when its hedge would start'],
    ['{ hedge: p95, retry: 1 }', 'leaves no try for a hedge'],
    ['{ hedge: { budget: {} }, retry: { budget: {} } }', 'two budgets'],
    ['{ hedge: p20 }', 'a delay out of range'],
    ['{ hedge: soon }', 'not a hedge'],
  ])('is refused where it could not work: %s', (call, message) => {
    expect(refusal(call)).toContain(message);
  });
});

describe('the choice of a replica in the file', () => {
  it('is the own view of callers only where an edge asks for it', () => {
    expect(policyOf('{}').endpoints).toBeUndefined();
    expect(policyOf('{ balance: peak-ewma }').endpoints).toEqual({
      balance: 'peak-ewma',
      decayMs: 10_000,
      failurePenaltyMs: 1000,
    });
  });

  it('is as the service has it where only outliers are left out', () => {
    const { endpoints } = policyOf('{ outliers: true }');
    expect(endpoints?.balance).toBe('random');
    expect(endpoints?.outliers).toMatchObject({ consecutiveFailures: 5, shareMax: 0.34 });
    expect(refusal('{ outliers: { eject: 10m } }')).toContain('ejectMax is below eject');
  });
});
