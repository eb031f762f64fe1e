import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';
import { endless } from '../testing/models.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write('seaworthy.yaml', endless);

const words = ['simulate', '--scenario', 'outage', '--progress', 'json'];

describe('an interrupt', () => {
  it('keeps what was simulated, as a record that can be read', async () => {
    let interrupted = false;
    const { code, stdout, stderr } = await workplace.run(words, {}, (text, interrupt) => {
      if (interrupted || !text.includes('"sample"')) return;
      interrupted = true;
      interrupt();
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/\n +interrupted at [\d.]+ s of 7776000 s\n/);
    expect(stderr).toMatch(
      /\ninterrupted: what was simulated is in .seaworthy.runs.shop-outage-\d\n$/,
    );
  });

  it('ends at once when it comes twice', async () => {
    const { code, stdout } = await workplace.run(words, {}, (text, interrupt) => {
      if (text.includes('"sample"')) interrupt();
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });
});
