import { describe, expect, it } from 'vitest';

import { exampleRun } from '../../report/testing/example-trial.ts';
import { fileFolders, recordFolder } from './record-folder.ts';

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
    expect(recordFolder(header, 'out', true)).toBe('out/etc');
    expect(recordFolder(header, undefined, true)).toBe('.seaworthy/runs/shop-..-..-etc-1');
  });
});

describe('fileFolders', () => {
  const [first, second] = [
    { file: 'shops/one.yaml', model: { name: 'shop' } },
    { file: 'shops/two.yaml', model: { name: 'other-shop' } },
  ];

  it('is for one file the folder that was asked for', () => {
    expect(fileFolders('out', [first])).toEqual(['out']);
    expect(fileFolders(undefined, [first])).toEqual([undefined]);
  });

  it('is for several a folder each below it, after the file', () => {
    expect(fileFolders('out', [first, second])).toEqual(['out/shops-one', 'out/shops-two']);
    expect(fileFolders(undefined, [first, second])).toEqual([undefined, undefined]);
  });

  it('is never one that a command takes for an option', () => {
    const files = [
      first,
      { ...second, file: '/tmp/two.yaml' },
      { ...second, file: '../three.yaml' },
    ];
    expect(fileFolders('out', files)).toEqual(['out/shops-one', 'out/tmp-two', 'out/three']);
  });

  it('refuses what would put two records in one place', () => {
    const namesake = { ...second, model: first.model };
    expect(fileFolders('out', [first, namesake])).toEqual(['out/shops-one', 'out/shops-two']);
    expect(() => fileFolders(undefined, [first, namesake])).toThrow(
      'the record of shops/two.yaml would replace that of shops/one.yaml: both have the name shop',
    );
    expect(() => fileFolders('out', [first, first])).toThrow('shops/one.yaml is named twice');
    const alike = { ...second, file: 'shops-one.yml' };
    expect(() => fileFolders('out', [first, alike])).toThrow(
      'the record of shops-one.yml would replace that of shops/one.yaml: both go to shops-one',
    );
  });
});
