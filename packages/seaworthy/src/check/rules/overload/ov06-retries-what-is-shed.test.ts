import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ov06 } from './ov06-retries-what-is-shed.ts';

function shedding(service: string, retry: string): string {
  return messages(
    ov06,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: api }] }
  api: { ${service}, steps: [{ wait: 10ms }] }
calls: { web -> api: { timeout: 1s, retry: ${retry} } }
traffic: { people: { to: web, rate: 10/s } }
`),
  );
}

const full = 'concurrency: 4, queue: { limit: 8 }';

describe('OV06', () => {
  it('finds refusals that come back', () => {
    expect(shedding(full, '3')).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:44 high OV06
      web -> api: api refuses what is too much, and application sends it up to 3 times
        attempts of web -> api: 3 (seaworthy.yaml:6)
        api has: a queue with an end (seaworthy.yaml:5)
      passes: a budget of 10 %"
    `);
    expect(shedding('concurrency: 4, admission: { target: 20ms }', '3')).toContain('admission');
  });

  it('is content with a budget, without retries of refusals, and where nothing is refused', () => {
    expect(shedding(full, '{ attempts: 3, budget: { share: 10% } }')).toBe('');
    expect(shedding(full, '{ attempts: 3, on: [error, timeout] }')).toBe('');
    expect(shedding('concurrency: 4', '3')).toBe('');
    expect(shedding('queue: { limit: 8 }', '3')).toBe('');
  });

  it('points at what refuses', () => {
    const admission = 'concurrency: 4, admission: { target: 20ms }';
    expect(shedding(admission, '3')).toContain('api has: admission (seaworthy.yaml:5)');
    const apart = `concurrency: 4
    queue: { limit: 8 }
    steps: [{ wait: 10ms }]`;
    const landscape = modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: api }] }
  api:
    ${apart}
calls: { web -> api: { timeout: 1s, retry: 3 } }
traffic: { people: { to: web, rate: 10/s } }
`);
    expect(messages(ov06, landscape)).toContain('a queue with an end (seaworthy.yaml:7)');
  });
});
