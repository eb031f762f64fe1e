import { describe, expect, it } from 'vitest';

import type { SimulateArguments } from './simulate/arguments.ts';
import { commandOf } from './command-line.ts';

const plain: SimulateArguments = { format: 'text', progress: 'auto', try: true, color: true };

describe('commandOf', () => {
  it('names the file and the scenario, calm too', () => {
    expect(commandOf('simulate', 'shop.yaml', plain, undefined)).toBe(
      'seaworthy simulate shop.yaml --scenario calm',
    );
  });

  it('repeats what changes the model, and leaves out what does not', () => {
    const options = {
      ...plain,
      env: 'production',
      for: '60s',
      out: 'x',
      progress: 'none',
    } as const;
    expect(commandOf('simulate', 'shop.yaml', options, { name: 'outage', faults: [] })).toBe(
      'seaworthy simulate shop.yaml --scenario outage --env production --for 60s',
    );
  });

  it('quotes what a shell would read in another way', () => {
    expect(commandOf('simulate', "my shop's.yaml", plain, { name: '$HOME', faults: [] })).toBe(
      `seaworthy simulate 'my shop'\\''s.yaml' --scenario '$HOME'`,
    );
  });
});
