import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ov03 } from './ov03-unused-criticality.ts';

function traffic(criticality: string, service = ''): string {
  return messages(
    ov03,
    modelLandscape(`seaworthy: 1
name: one
services: { web: { ${service} steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: 10/s, criticality: ${criticality} } }
`),
  );
}

describe('OV03', () => {
  it('finds classes that nobody tells apart', () => {
    expect(traffic('{ critical: 60%, sheddable: 40% }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:4:10 medium OV03
      one: its traffic is sheddable and critical, and no service sheds one before the other
        criticalities: sheddable, critical (seaworthy.yaml:4)
      passes: admission at a service or an edge"
    `);
  });

  it('is content with one class, and with admission', () => {
    expect(traffic('critical')).toBe('');
    expect(
      traffic('{ critical: 60%, sheddable: 40% }', 'concurrency: 4, admission: { target: 20ms },'),
    ).toBe('');
  });
});
