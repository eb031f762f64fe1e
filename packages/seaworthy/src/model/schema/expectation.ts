import { z } from 'zod';
import { key, map, valueNotes, wrong } from './notes.ts';
import { name, text } from './values.ts';

const bound = z.union([z.number(), text('a value', '20s')], {
  error: wrong('not a value', 'write a value such as 20s, 1.2 or 99%'),
});

export const expectation = map('an expectation', {
  scenario: key(name.optional(), 'the scenario that is run', 'none'),
  environment: key(name.optional(), 'the environment that is run', 'none'),
  that: key(text('a statement', 'desk wait mean = 4s'), 'what is expected, as in an objective'),
  within: key(
    text('a tolerance', '3 standard errors')
      .regex(/^(\d+(\.\d+)?%|\d+(\.\d+)? standard errors?)$/, {
        error: wrong('not a tolerance', 'write 3%, or 3 standard errors'),
      })
      .optional(),
    'how far the observed value may be from the expected one',
    'none, with between',
  ),
  between: key(
    z
      .tuple([bound, bound], {
        error: wrong('not a range', 'write two values: [20s, 26s]'),
      })
      .register(valueNotes, { what: 'two values', example: '[20s, 26s]' })
      .optional(),
    'a range for the observed value, instead of = and within',
    'none',
  ),
  standardError: key(
    bound.optional(),
    'of the expected value, where it was measured itself; it is added to that of the observed one',
    'none',
  ),
  source: key(
    text('a source', 'M/M/1: Wq = rho / (mu - lambda)'),
    'the formula or the publication that says so',
  ),
});

export type ExpectationEntry = z.output<typeof expectation>;

/** What `seaworthy limits` should find. */
export const limitExpectation = map('an expectation of limits', {
  environment: key(name.optional(), 'the environment whose limits are found', 'none'),
  scenario: key(name.optional(), 'whose faults grow, for what tips it', 'none, which is a burst'),
  that: key(
    text('a statement', 'stable up to = 150/s'),
    'which limit: stable up to, vulnerable up to, fragility, tips at; with = and a value, or without',
  ),
  within: key(
    text('a tolerance', '3%')
      .regex(/^\d+(\.\d+)?%$/, { error: wrong('not a tolerance', 'write, for example, 3%') })
      .optional(),
    'how far the limit may be from the expected one',
    'none, with between',
  ),
  between: key(
    z
      .tuple([bound, bound], {
        error: wrong('not a range', 'write two values: [20/s, 26/s]'),
      })
      .register(valueNotes, { what: 'two values', example: '[20/s, 26/s]' })
      .optional(),
    'a range for the limit, instead of = and within',
    'none',
  ),
  source: key(text('a source', 'mean field: 22.2/s'), 'the formula or the publication'),
});

export type LimitExpectationEntry = z.output<typeof limitExpectation>;
