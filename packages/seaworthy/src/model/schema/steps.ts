import { z } from 'zod';
import { headings, key, map, shortFor, valueNotes, wrong } from './notes.ts';
import { positiveDuration, positiveShare } from './quantities.ts';
import { count, list, name, text, truth } from './values.ts';
import type { Distribution } from '../model.ts';
import { distribution } from './distribution.ts';

/** A request that does more than this one after another is not described by hand. */
const mostSteps = 1000;

/** A step of a request, as the file has it. */
export type StepEntry =
  | { readonly cpu: Distribution }
  | { readonly wait: Distribution }
  | { readonly call: CallEntry }
  | { readonly together: readonly (StepEntry | readonly StepEntry[])[] }
  | { readonly fail: number }
  | {
      readonly lock: string;
      readonly within?: number | undefined;
      readonly for: readonly StepEntry[];
    }
  | { readonly publish: PublishEntry }
  | { readonly read: string }
  | { readonly write: string };

const callMap = map('a call', {
  to: key(name, 'the service that is called'),
  probability: key(positiveShare().prefault('100%'), 'how often it is called; each time anew'),
  times: key(count(1, mostSteps, 2).prefault(1), 'how many times, one after the other'),
  optional: key(truth().prefault(false), 'the request goes on when the call fails'),
});

export type CallEntry = z.output<typeof callMap>;

const call = z
  .union([name.transform((to): CallEntry => callMap.parse({ to })), callMap], {
    error: wrong('not a call', 'the name of a service, or { to: payments, probability: 30% }'),
  })
  .register(shortFor, { key: 'to' });

const publishMap = map('a publication', {
  to: key(name, 'the message queue'),
  probability: key(positiveShare().prefault('100%'), 'how often; each time anew'),
  times: key(count(1, mostSteps, 2).prefault(1), 'how many messages'),
  optional: key(truth().prefault(false), 'the request goes on when the queue is full'),
});

export type PublishEntry = z.output<typeof publishMap>;

const publish = z
  .union([name.transform((to): PublishEntry => publishMap.parse({ to })), publishMap], {
    error: wrong('not a publication', 'the name of a queue, or { to: orders, probability: 30% }'),
  })
  .register(shortFor, { key: 'to' });

const rowsName = text('a name of rows', 'accounts').register(valueNotes, {
  what: 'a name under rows',
  example: 'accounts',
});

const lazyStep = z.lazy(() => step);

/** What a request does, one step after the other. */
const step: z.ZodType<StepEntry> = z
  .union(
    [
      map('a step', { cpu: key(distribution, 'work that needs a core of the replica') }),
      map('a step', { wait: key(distribution, 'time that needs nothing but a worker slot') }),
      map('a step', { call: key(call, 'a call of another service; the request waits for it') }),
      map('a step', {
        together: key(
          list('branches', z.union([lazyStep, list('steps', lazyStep, mostSteps)]), mostSteps).min(
            1,
            {
              error: wrong('no branches', 'write a list of steps, or of lists of steps'),
            },
          ),
          'all branches at once; each is a step or a list of steps; goes on when the last is done',
        ),
      }),
      map('a step', { fail: key(positiveShare(), 'the request fails here, with this chance') }),
      map('a step', {
        lock: key(rowsName, 'one of these rows is locked, first come, first served'),
        within: key(
          positiveDuration().optional(),
          'the request fails as overloaded when it has waited for the lock this long',
          'none',
        ),
        for: key(list('steps', lazyStep, mostSteps), 'what is done while the lock is held'),
      }),
      map('a step', {
        publish: key(publish, 'puts a message into a queue, and goes on; fails when it is full'),
      }),
      map('a step', { read: key(rowsName, 'reads one of these rows, and its version') }),
      map('a step', {
        write: key(
          rowsName,
          'writes the row that was read; fails as a conflict when others have written it since',
        ),
      }),
    ],
    { error: wrong('not a step', 'such as { cpu: 1ms }, { wait: 40ms }, { call: payments }') },
  )
  .meta({ id: 'Step' })
  .register(headings, { heading: 'Steps' });

export const steps = list('steps', step, mostSteps);
