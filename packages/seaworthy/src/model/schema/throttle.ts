import { z } from 'zod';
import { key, map, valueNotes, wordFor, wrong } from './notes.ts';
import { factorOf, positiveDuration, rate, shareBelowAll } from './quantities.ts';
import { list, word } from './values.ts';

/** What may count as a refusal: what a dependency does that has too much to do. */
const refusals = ['overloaded', 'timeout', 'unreachable', 'reset', 'error'] as const;

const throttleMap = map('a throttle', {
  k: key(
    factorOf(1.1, 100).prefault(2),
    'so many times what the callee accepts is sent; less throttles sooner',
  ),
  within: key(
    positiveDuration().optional(),
    'the window over which attempts are counted; longer than the timeout',
    'twice the timeout, half a minute at least',
  ),
  max: key(shareBelowAll().prefault('90%'), 'no more than this share is held back'),
  from: key(rate().prefault('5/s'), 'nothing is held back while fewer attempts are wanted'),
  on: key(
    list('reasons', word('a reason', refusals), refusals.length).prefault(['overloaded']),
    'what counts as a refusal',
  ),
});

const allDefaults = z
  .literal(true)
  .transform(() => throttleMap.parse({}))
  .register(valueNotes, { what: 'the word', example: 'true' });

/** Adaptive throttling at the client. */
export const throttle = z
  .union([allDefaults, throttleMap], {
    error: wrong('not a throttle', 'write true for all defaults, or { k: 2, within: 30s }'),
  })
  .register(wordFor, { word: 'true' });
