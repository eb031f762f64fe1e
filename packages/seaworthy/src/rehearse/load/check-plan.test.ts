import { describe, expect, it } from 'vitest';

import { checkPlan } from './check-plan.ts';
import type { LoadPlan } from './plan.ts';
import { get, planTo } from './testing/plan.ts';

function mistakesOf(settings: Partial<LoadPlan>): readonly string[] {
  try {
    checkPlan(planTo(80, settings));
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('a plan', () => {
  it('is fine', () => {
    const headers = { 'x-user': '{{user}}', baggage: 'task={{task}}' };
    const requests = [get('/a?b={{user}}%20c', { headers, body: 'two\nlines {{user}}' })];
    expect(mistakesOf({ requests, rows: [{ user: 'a' }, { user: 'b' }] })).toEqual([]);
  });

  it.each<[string, Partial<LoadPlan>]>([
    ['the target is "ftp://a", not a URL with http: or https:', { target: 'ftp://a' }],
    ['the target is "a", not a URL with http: or https:', { target: 'a' }],
    [
      'the target has a user in its URL: send an authorization header instead',
      { target: 'http://me:secret@a/' },
    ],
    [
      'the target is http://a/?b=c: a query belongs to the path of a request',
      { target: 'http://a/?b=c' },
    ],
    ['a load needs at least one request', { requests: [] }],
    [
      'the request CONNECT / has no method that can be sent',
      { requests: [get('/', { method: 'CONNECT' })] },
    ],
    [
      'the request GET a b must have a path that begins with a slash, and is percent-encoded',
      { requests: [get('a b')] },
    ],
    [
      'the request GET / has a header "a b", which is no name',
      { requests: [get('/', { headers: { 'a b': 'c' } })] },
    ],
    [
      'the request GET / has a line break in its header a',
      { requests: [get('/', { headers: { a: 'b\r\nc: d' } })] },
    ],
    [
      'the request GET /: row 2 has a line break in name, of a header',
      {
        requests: [get('/', { headers: { a: '{{name}}' } })],
        rows: [{ name: 'b' }, { name: '\n' }],
      },
    ],
    ['the request GET / has the weight 0, not above 0', { requests: [get('/', { weight: 0 })] }],
    [
      'the request GET /{{id}} asks for {{id}}, and there are no rows of data',
      { requests: [get('/{{id}}')] },
    ],
    [
      'the request GET /{{id}} asks for {{id}}, and row 2 has only name, age',
      { requests: [get('/{{id}}')], rows: [{ id: '1' }, { name: 'a', age: '2' }] },
    ],
    ['the timeout is 0 ms, not a time above 0', { timeoutMs: 0 }],
    ['the length is NaN ms, not a time above 0', { durationMs: NaN }],
    ['the most connections are 1.5, not a whole number above 0', { maxConnections: 1.5 }],
  ])('is refused: %s', (mistake, settings) => {
    expect(mistakesOf(settings)).toEqual([mistake]);
  });

  it('is refused with all of its mistakes at once', () => {
    expect(mistakesOf({ timeoutMs: NaN, target: '' })).toHaveLength(2);
  });
});
