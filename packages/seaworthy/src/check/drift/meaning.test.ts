import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareMeaning } from './meaning.ts';

describe('compareMeaning', () => {
  it.each([
    ['30s', '30000ms', 'TIMEOUT'],
    ['1.1s', '1100ms', 'TIMEOUT'],
    ['1m30s', '90s', 'TIMEOUT'],
    ['1.5 h', '90 minutes', 'TTL'],
    ['PT30S', '30 sec', 'TIMEOUT'],
    ['P1DT2H3M4.5S', '1d2h3m4500ms', 'TTL'],
    ['500us', '0.5ms', 'TIMEOUT'],
    ['1Gi', '1024Mi', 'MEMORY_LIMIT'],
    ['512m', '512MB', 'JVM_HEAP'],
    ['1024 bytes', '1KiB', 'BUFFER_SIZE'],
    ['10%', '10.0 %', 'SHARE'],
    ['true', 'yes', 'FEATURE'],
    ['OFF', 'disabled', 'FEATURE'],
    ['1000', '1e3', 'ROWS'],
    ['1_000', '1000.0', 'ROWS'],
    ['https://API.example.org:443/', 'https://api.example.org', 'API_URL'],
    ['', '  ', 'ANY'],
    ['word', 'word', 'ANY'],
  ])('takes %s for %s', (here, there, key) => {
    expect(compareMeaning(here, there, key)).toBe('same');
    expect(compareMeaning(there, here, key)).toBe('same');
  });

  it.each([
    ['30s', '31s', 'TIMEOUT'],
    ['5m', '5ms', 'TIMEOUT'],
    ['5m', '5M', 'TIMEOUT'],
    ['1G', '1Gi', 'MEMORY'],
    ['true', 'false', 'FEATURE'],
    ['10%', '11%', 'SHARE'],
    ['3', '4', 'RETRIES'],
    ['0', '0.001', 'RETRIES'],
    ['https://a.example.org/x', 'https://a.example.org/y', 'API_URL'],
    ['word', '3', 'ANY'],
    ['5 fortnights', '70 days', 'TTL'],
  ])('tells %s from %s', (here, there, key) => {
    expect(compareMeaning(here, there, key)).not.toBe('same');
    expect(compareMeaning(there, here, key)).not.toBe('same');
  });

  it.each([
    ['30', '30s', 'TIMEOUT'],
    ['30', 'true', 'RETRIES'],
    ['10%', '0.1', 'SHARE'],
    ['', '3', 'RETRIES'],
  ])('finds another unit or type in %s and %s', (here, there, key) => {
    expect(compareMeaning(here, there, key)).toBe('another kind');
  });

  it.each([
    ['30', '30000', 'thousandfold'],
    ['30000', '30', 'thousandfold'],
    ['30', '30001', 'different'],
    ['0', '0', 'same'],
    ['-3', '-3000', 'different'],
  ])('finds a thousandfold in %s and %s: %s', (here, there, expected) => {
    expect(compareMeaning(here, there, 'TIMEOUT')).toBe(expected);
  });

  it('takes a duration in each unit for itself', () => {
    const units = [
      ['ms', 1],
      ['s', 1000],
      ['m', 60_000],
      ['h', 3_600_000],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.integer({ min: 1, max: 1e6 }),
        ([unit, ms], count) => {
          expect(compareMeaning(`${count}${unit}`, `${count * ms}ms`, 'TIMEOUT')).toBe('same');
          expect(compareMeaning(`${count}${unit}`, `${count * ms + 1}ms`, 'TIMEOUT')).toBe(
            'different',
          );
        },
      ),
    );
  });

  it('says the same from both sides, and ends, whatever the texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (here, there, key) => {
        expect(compareMeaning(here, there, key)).toBe(compareMeaning(there, here, key));
        expect(compareMeaning(here, here, key)).toBe('same');
      }),
    );
  });
});
