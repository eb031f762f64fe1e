import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ob05 } from './ob05-nobody-would-notice.ts';

function objectives(...of: readonly string[]): string {
  return messages(
    ob05,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: api }] }
  api: { steps: [{ wait: 10ms }] }
traffic: { people: { to: web, rate: 10/s } }
objectives: [${of.join(', ')}]
`),
  );
}

describe('OB05', () => {
  it('finds traffic that nobody has promised anything', () => {
    expect(objectives('api p99 < 1s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:4:8 medium OB05
      web: traffic comes to it, and no objective says what that must get
      passes: web success > 99.9%, or the like"
    `);
  });

  it.each(['web success > 99%', 'people p99 < 1s', 'people -> web p99 < 1s'])(
    'is content with %s',
    (objective) => {
      expect(objectives('api p99 < 1s', objective)).toBe('');
    },
  );

  it('takes no promise about another edge for one about it', () => {
    expect(objectives('web -> api p99 < 1s')).toContain('OB05');
  });
});
