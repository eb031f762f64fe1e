import { z } from 'zod';
import { key, map, valueNotes, wrong } from './notes.ts';
import { runLength, runTime } from './quantities.ts';
import { count, list, named, text } from './values.ts';
import { call } from './calls.ts';
import { expectation, limitExpectation } from './expectation.ts';
import { fault } from './scenario.ts';
import { messageQueue } from './queues.ts';
import { rows } from './rows.ts';
import { service } from './service.ts';
import { source } from './traffic.ts';

/** Random streams take 32 bits of it. */
const largestSeed = 0xffff_ffff;

const run = map('run settings', {
  for: key(
    runLength().optional(),
    'simulated time',
    'until the last fault has ended, and then long enough to tell whether it recovers',
  ),
  warmUp: key(runTime().prefault('0s'), 'time at the start that objectives do not count'),
  replications: key(count(1, 10_000, 5).prefault(5), 'how many runs, each with its own dice'),
  seed: key(count(0, largestSeed, 1).prefault(1), 'where the dice start'),
}).refine((it) => it.for === undefined || it.warmUp < it.for, {
  path: ['warmUp'],
  error: wrong('the warm-up takes the whole run', 'write less than run.for'),
});

/**
 * A key of the file that an overlay may have: any, so its value is checked after it has been
 * merged.
 */
const overlay = z.record(z.string(), z.unknown(), {
  error: wrong('not an overlay', 'write keys of the file with their new values'),
});

/** Records are kept in folders of this name. */
const systemName = text('a name', 'shop').regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, {
  error: wrong('not a name', 'letters, digits, blanks, ".", "_" or "-"; at most 64'),
});

/** The whole file. The order of the keys is the order of the docs and of `explain`. */
export const file = map('a model', {
  seaworthy: key(
    z
      .literal(1, { error: wrong('not a known version', 'write seaworthy: 1') })
      .register(valueNotes, { what: 'the number 1', example: '1' }),
    'the version of this format',
  ),
  name: key(systemName, 'what the system is called; reports and records bear it'),
  run: key(run.prefault({}), 'how it is run'),
  services: key(
    named('services', service).register(valueNotes, {
      what: 'a map by name',
      example: '{ web: {} }',
    }),
    'what runs, by name',
  ),
  queues: key(
    named('message queues', messageQueue).prefault({}),
    'message queues, by name; steps publish to them, and services work on the messages later',
  ),
  rows: key(
    named('rows', rows).prefault({}),
    'what requests change one at a time, by name: rows of a table, or whatever a lock protects',
  ),
  calls: key(
    z
      .record(text('an edge', 'web -> payments'), call, {
        error: wrong('not a map of calls', 'write "web -> payments:" and its policy below'),
      })
      .prefault({}),
    'what a call may do, by edge: caller -> callee; a caller is a service or a source',
  ),
  traffic: key(
    named('sources', source).register(valueNotes, {
      what: 'a map by name',
      example: '{ shoppers: { to: web, rate: 300/s } }',
    }),
    'where tasks come from, by name',
  ),
  scenarios: key(
    named('scenarios', list('faults', fault, 1000)).prefault({}),
    'what happens to the system, by name; one is chosen for a run',
  ),
  objectives: key(
    list('objectives', text('an objective', 'web p99 < 500ms'), 1000).prefault([]),
    'what the system must achieve',
  ),
  expectations: key(
    list('expectations', expectation, 1000).prefault([]),
    'what a closed form or a publication says of this model; `seaworthy fidelity` checks it',
  ),
  limits: key(
    list('expectations', limitExpectation, 1000).prefault([]),
    'what a publication says of the limits of this model; `seaworthy fidelity` checks it',
  ),
  environments: key(
    named('environments', overlay).prefault({}),
    'what differs, by environment: merged over the file; lists are replaced, null deletes a key',
  ),
});

/** A file as its author writes it. */
export type FileInput = z.input<typeof file>;
/** A file with units resolved and defaults filled in. */
export type FileEntries = z.output<typeof file>;
