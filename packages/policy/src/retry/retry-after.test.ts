import { describe, expect, it } from 'vitest';
import { parseRetryAfter, retryAfterDelayMs } from './retry-after.ts';

/** 6 November 1994, 08:49:37 GMT: the example of RFC 9110. */
const nowMs = 784_111_777_000;

describe('Retry-After', () => {
  it('is seconds, not the milliseconds that @fastify/reply-from takes them for', () => {
    expect(parseRetryAfter({ retryAfter: '120' }, nowMs)).toBe(120_000);
    expect(parseRetryAfter({ retryAfter: ' 0\t' }, nowMs)).toBe(0);
  });

  it('is a date, from now on', () => {
    const retryAfter = 'Sun, 06 Nov 1994 08:51:37 GMT';
    expect(parseRetryAfter({ retryAfter }, nowMs)).toBe(120_000);
    expect(parseRetryAfter({ retryAfter: 'Sunday, 06-Nov-94 08:51:37 GMT' }, nowMs)).toBe(120_000);
    expect(parseRetryAfter({ retryAfter: 'Sun Nov  6 08:51:37 1994' }, nowMs)).toBe(120_000);
  });

  it('is a date, from the date of the answer on, however wrong that clock is', () => {
    const headers = {
      retryAfter: 'Fri, 01 Jan 2038 00:00:30 GMT',
      date: 'Fri, 01 Jan 2038 00:00:00 GMT',
    };
    expect(parseRetryAfter(headers, nowMs)).toBe(30_000);
    expect(parseRetryAfter({ ...headers, date: 'today' }, nowMs)).toBeGreaterThan(1e12);
  });

  it('does not wait for what has passed', () => {
    expect(parseRetryAfter({ retryAfter: 'Sun, 06 Nov 1994 08:49:36 GMT' }, nowMs)).toBe(0);
  });

  it('gives way to retry-after-ms', () => {
    expect(parseRetryAfter({ retryAfter: '1', retryAfterMs: '250' }, nowMs)).toBe(250);
    expect(parseRetryAfter({ retryAfterMs: '12.5' }, nowMs)).toBe(12.5);
    expect(parseRetryAfter({ retryAfter: '1', retryAfterMs: 'soon' }, nowMs)).toBe(1000);
  });

  it.each(['', '-1', '1.5', '1e3', '0x10', 'soon', '5 s', 'NaN', 'Infinity', '١٢'])(
    'says nothing when it is %j',
    (retryAfter) => {
      expect(parseRetryAfter({ retryAfter }, nowMs)).toBeUndefined();
    },
  );

  it('says nothing when it is absent', () => {
    expect(parseRetryAfter({}, nowMs)).toBeUndefined();
    expect(parseRetryAfter({ date: 'Sun, 06 Nov 1994 08:49:37 GMT' }, nowMs)).toBeUndefined();
  });

  it('stays finite however many digits it has', () => {
    const digits = '9'.repeat(400);
    expect(parseRetryAfter({ retryAfter: digits }, nowMs)).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseRetryAfter({ retryAfterMs: digits }, nowMs)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is honoured exactly, and spread over half as much again', () => {
    expect(retryAfterDelayMs(1000, { next: () => 0 })).toBe(1000);
    expect(retryAfterDelayMs(1000, { next: () => 0.5 })).toBe(1250);
    expect(retryAfterDelayMs(0, { next: () => 0.5 })).toBe(0);
  });
});
