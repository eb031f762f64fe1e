import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ca08 } from './ca08-unseen-fallback.ts';

function fallback(objectives: string, policy = 'fallback: [{ answer: 1ms }]'): string {
  return messages(
    ca08,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: prices }, { call: stock }] }
  prices: { steps: [{ wait: 5ms }] }
  stock: { steps: [{ wait: 5ms }] }
calls:
  people -> web: { timeout: 2s }
  web -> prices: { timeout: 1s, ${policy} }
traffic: { people: { to: web, rate: 10/s } }
objectives: [${objectives}]
`),
  );
}

describe('CA08', () => {
  it('finds a fallback that no objective sees', () => {
    expect(fallback('web success > 99%, prices p99 < 1s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:9:43 low CA08
      web -> prices: all objectives hold while its fallback answers everything, and none sees it
        links of the fallback of web -> prices: 1 (seaworthy.yaml:9)
        objectives that see it: 0 (seaworthy.yaml:11)
      passes: an objective such as web -> prices fallback < 1%"
    `);
  });

  it('is content where one sees it', () => {
    expect(fallback('web -> prices fallback < 1%')).toBe('');
    expect(fallback('prices fallback < 1%')).toBe('');
    expect(fallback('prices success > 99%')).toBe('');
    expect(fallback('web -> prices goodput > 9/s')).toBe('');
  });

  it('does not count objectives about others', () => {
    expect(fallback('stock success > 99%, web -> stock fallback < 1%')).toContain('CA08');
    expect(fallback('people success > 99%')).toContain('CA08');
    expect(fallback('prices rejected < 1%')).toContain('CA08');
  });

  it('is content where there is no fallback, and says nothing where no objective is', () => {
    expect(fallback('web success > 99%', 'retry: 2')).toBe('');
    expect(fallback('')).toBe('');
  });

  it('knows a fallback of those who ask', () => {
    const own = modelLandscape(`seaworthy: 1
name: one
services: { web: { steps: [{ wait: 5ms }] } }
calls: { people -> web: { timeout: 1s, fallback: [{ answer: 1ms }] } }
traffic: { people: { to: web, rate: 10/s }, robots: { to: web, rate: 1/s } }
objectives: [robots success > 99%]
`);
    expect(messages(ca08, own)).toContain('CA08');
    const [file] = own.models;
    const [objective] = file!.model.objectives;
    const objectives = [{ ...objective!, subject: { kind: 'source' as const, index: 0 } }];
    const seen = { ...file!, model: { ...file!.model, objectives } };
    expect(messages(ca08, { ...own, models: [seen] })).toBe('');
  });
});
