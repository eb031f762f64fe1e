import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';
import { checkFolder } from './check.ts';
import { plainCheck } from './testing/plain-check.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write(
  'seaworthy.yaml',
  `seaworthy: 1
name: shop
services:
  web: { replicas: 2, concurrency: 64, queue: { limit: 64 }, steps: [{ call: payments }] }
  payments: { replicas: 2, concurrency: 16, steps: [{ wait: { exponential: 20ms } }] }
calls:
  web -> payments: { timeout: 500ms, retry: 3 }
traffic:
  people: { to: web, rate: 20/s }
`,
);

describe('seaworthy check --demonstrate', () => {
  it('lifts a finding from suspected to demonstrated, and says how to see it again', async () => {
    const words = ['check', '--demonstrate', 'RT03 web -> payments', '--seed', '7'];
    const { stdout, stderr } = await workplace.run(words);
    expect(stderr).toBe('');
    const [block] = stdout.split('\n\n').filter((each) => each.includes('RT03'));
    expect(block).toMatchInlineSnapshot(`
      "seaworthy.yaml:7:45  high, demonstrated  RT03 retries without a budget
        web -> payments: when payments fails, 20/s become up to 60/s, and nothing
        bounds that
        While the callee fails, the load on it is multiplied by the attempts for as
        long as that takes; with a budget of 10 % it is 1.1 times as much.
        attempts of web -> payments  3     seaworthy.yaml:7
        calls of web -> payments     20/s  seaworthy.yaml:9
        passes     a budget of 10 %
        simulated  with fail: payments, share: 100%, for 20 s, attempts per task of
                   web -> payments: 2.99 to 3 as it is, 1.2 to 1.21 with calls."web ->
                   payments".retry.budget = { share: 10%, floor: 1/s } (seeds 7 to 9)
        again      $ seaworthy check . --demonstrate 'RT03 web -> payments' --seed 7
        more       seaworthy explain RT03"
    `);
  });

  it('knows the findings', async () => {
    const options = { ...plainCheck, demonstrate: 'RT03 web' };
    await expect(checkFolder(workplace.folder, options)).rejects.toThrow(
      'option --demonstrate: there is no finding "RT03 web"',
    );
  });
});
