import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ob06 } from './ob06-too-few-samples.ts';

function objective(text: string, seconds: number): string {
  return messages(
    ob06,
    modelLandscape(`seaworthy: 1
name: one
run: { for: ${seconds}s, warmUp: 10s }
services: { web: { steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: 10/s } }
objectives: [${text}]
`),
  );
}

describe('OB06', () => {
  it('finds a percentile that a handful of calls decides', () => {
    expect(objective('web p99.9 < 500ms', 40)).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:14 medium OB06
      objective 1 of one: p99.9 is judged from 300 calls, of which 0.3 are beyond it
        calls: 10/s (seaworthy.yaml:5)
        run: 40 s (seaworthy.yaml:3)
        calls that are needed: 10,000 (seaworthy.yaml:6)
      passes: a run of 1,010 s"
    `);
  });

  it('is content with ten samples beyond it', () => {
    expect(objective('web p99 < 500ms', 110)).toBe('');
    expect(objective('web p99 < 500ms', 109)).toContain('a run of 110 s');
    expect(objective('people -> web p99 < 500ms', 109)).toContain('OB06');
    expect(objective('web mean < 500ms', 11)).toBe('');
  });

  it('counts exactly, and only percentiles of what it knows', () => {
    expect(objective('web p50 < 500ms', 12)).toBe('');
    expect(objective('web p50 < 500ms', 11.9)).toContain('OB06');
    expect(objective('web mean < 500ms', 10.5)).toBe('');
    expect(objective('web success > 50%', 10.5)).toBe('');
    const endless = `seaworthy: 1
name: one
services: { web: { steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: 10/s } }
objectives: [web p99.9 < 500ms]
`;
    expect(messages(ob06, modelLandscape(endless))).toBe('');
  });

  it('knows what people ask for, and nothing of what is no call', () => {
    expect(objective('people p99 < 500ms', 109)).toContain('a run of 110 s');
    expect(objective('people p99 < 500ms', 110)).toBe('');
  });
});
