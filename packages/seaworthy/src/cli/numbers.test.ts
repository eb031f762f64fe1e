import { describe, expect, it } from 'vitest';

import { readNumbers } from './numbers.ts';

describe('readNumbers', () => {
  it('leaves to the file what is not given', () => {
    const unknown = { seed: undefined, replications: undefined, forMs: undefined };
    expect(readNumbers({})).toEqual(unknown);
  });

  it('reads what is given', () => {
    const options = { seed: '0', replications: '30', for: '1.5m' };
    expect(readNumbers(options)).toEqual({ seed: 0, replications: 30, forMs: 90_000 });
  });

  it.each([
    [{ seed: '-3' }, 'option --seed: "-3" is not a whole number from 0 to 4294967295'],
    [{ seed: '1.5' }, 'option --seed: "1.5" is not a whole number from 0 to 4294967295'],
    [{ seed: '1e3' }, 'option --seed: "1e3" is not a whole number from 0 to 4294967295'],
    [{ seed: '4294967296' }, 'option --seed: "4294967296" is not'],
    [{ replications: '0' }, 'option --replications: "0" is not a whole number from 1 to 10000'],
    [{ replications: '' }, 'option --replications: "" is not a whole number from 1 to 10000'],
    [{ for: '10' }, 'option --for: "10" is not a duration'],
    [{ for: 'long' }, 'option --for: "long" is not a duration'],
    [{ for: '0s' }, 'option --for: "0s" is not more than 0 and at most 104 days'],
    [{ for: '-1s' }, 'option --for: "-1s" is not more than 0 and at most 104 days'],
    [{ for: '105d' }, 'option --for: "105d" is not more than 0 and at most 104 days'],
  ])('says what is wrong with %j', (options, message) => {
    expect(() => readNumbers(options)).toThrow(message);
  });

  it('says what would be right', () => {
    const hints = ['10', 'long'].map((text) => {
      try {
        readNumbers({ for: text });
        return undefined;
      } catch (error) {
        return (error as { hint?: string }).hint;
      }
    });
    expect(hints).toEqual([
      'write 10ms, or another unit: ns, us, s, m, h, d',
      'write a duration such as 300s',
    ]);
  });
});
