import { describe, expect, it } from 'vitest';

import { exampleRun } from '../../report/testing/example-trial.ts';
import { recordFolder } from './record-folder.ts';

describe('recordFolder', () => {
  it('is named after the model, the scenario and the seed', () => {
    const folder = recordFolder(exampleRun.header, undefined, true);
    expect(folder).toBe('.seaworthy/runs/shop-payments-brownout-3');
  });

  it('keeps rehearsals apart from simulations', () => {
    const folder = recordFolder({ ...exampleRun.header, world: 'rehearse' }, undefined, true);
    expect(folder).toBe('.seaworthy/runs/shop-payments-brownout-3-rehearsed');
  });

  it('is what was asked for, with a folder each for several scenarios', () => {
    expect(recordFolder(exampleRun.header, 'out/here', false)).toBe('out/here');
    expect(recordFolder(exampleRun.header, 'out/here', true)).toBe('out/here/payments-brownout');
  });

  it('stays below the folder, whatever the names are', () => {
    const header = { ...exampleRun.header, scenario: '../../etc', seed: 1 };
    expect(recordFolder(header, 'out', true)).toBe('out/-..-etc');
    expect(recordFolder(header, undefined, true)).toBe('.seaworthy/runs/shop-..-..-etc-1');
  });
});
