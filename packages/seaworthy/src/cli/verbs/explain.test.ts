import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

const page = readFileSync(new URL('../../../../../docs/explain.md', import.meta.url), 'utf8');
const [, model = ''] = /^```yaml\n([^`]+)```$/m.exec(page)!;
workplace.write('seaworthy.yaml', model);

describe('seaworthy explain', () => {
  // The page shows an effective model in full, and one mistake: what it shows is what is printed.
  const shown = [...page.matchAll(/^```\n\$ seaworthy (.+)\n([^`]+)```$/gm)];

  it.each(shown.map(([, words = '', output = '']) => [words, output]))(
    'prints what its page in the docs shows: %s',
    async (words, output) => {
      const { stdout, stderr } = await workplace.run(words.split(' '));
      expect(stdout + stderr).toBe(output);
    },
  );

  it('has both on its page', () => {
    expect(shown).toHaveLength(2);
  });

  it('knows the environments', async () => {
    const { code, stderr } = await workplace.run(['explain', '--env', 'productoin']);
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "seaworthy.yaml:9:1  environments  unknown environment "productoin"
          9 | environments:
            | ^^^^^^^^^^^^
      did you mean "production"?
      "
    `);
  });

  it('prints the page of a rule', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'rt02']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const itsPage = new URL('../../../../../docs/rules/RT02.md', import.meta.url);
    expect(stdout.split(/\s+/)).toEqual(readFileSync(itsPage, 'utf8').split(/\s+/));
    const tooLong = stdout.split('\n').filter((line) => line.length > 80);
    expect(tooLong.filter((line) => !line.startsWith('- <https://'))).toEqual([]);
  });

  it('says why there is no rule of its own for a known failure', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'NJ01']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "# NJ01: keep-alive times of Node against those of a load balancer

      No rule of its own: merged into PQ11, which knows the default of each version of
      Node.
      "
    `);
  });

  it('knows the rules', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'RT99']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown rule "RT99"\nknown here: RT01, RT02,/);
  });

  it('does not wait for the end of a file that has none', async () => {
    const { code, stderr } = await workplace.run(['explain', '/dev/zero']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: cannot read /dev/zero: it is longer than 16 MB\n');
  });

  it('points at what is wrong with a file', async () => {
    workplace.write('wrong.yaml', 'seaworthy: 1\nname: one\nservices:\n  web: { replica: 3 }\n');
    const { code, stdout, stderr } = await workplace.run(['explain', 'wrong.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "wrong.yaml:1:1  traffic  the key "traffic" is missing
          1 | seaworthy: 1
            | ^^^^^^^^^^^^
      write, for example, traffic: { shoppers: { to: web, rate: 300/s } }

      wrong.yaml:4:10  services.web.replica  unknown key
          4 |   web: { replica: 3 }
            |          ^^^^^^^
      did you mean "replicas"?
      "
    `);
  });
});
