import { describe, expect, it } from 'vitest';

import { exampleRun } from '../../report/testing/example-trial.ts';
import { recordFolder } from './record-folder.ts';

describe('recordFolder', () => {
  it('is named after the model, the scenario and the seed', () => {
    const folder = recordFolder(exampleRun, undefined, true);
    expect(folder).toBe('.seaworthy/runs/shop-payments-brownout-3');
  });

  it('is what was asked for, with a folder each for several scenarios', () => {
    expect(recordFolder(exampleRun, 'out/here', false)).toBe('out/here');
    expect(recordFolder(exampleRun, 'out/here', true)).toBe('out/here/payments-brownout');
  });

  it('stays below the folder, whatever the names are', () => {
    const header = { ...exampleRun.header, scenario: '../../etc', seed: 1 };
    const run = { ...exampleRun, header };
    expect(recordFolder(run, 'out', true)).toBe('out/-..-etc');
    expect(recordFolder(run, undefined, true)).toBe('.seaworthy/runs/shop-..-..-etc-1');
  });
});
