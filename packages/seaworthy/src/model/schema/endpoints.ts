import { z } from 'zod';
import { key, map, shortFor, valueNotes, wordFor, wrong } from './notes.ts';
import { duration, positiveDuration, positiveShare, share } from './quantities.ts';
import { count, word } from './values.ts';

const balances = ['peak-ewma', 'round-robin', 'random', 'least-in-flight', 'two-choices'] as const;

const balanceWord = word('a balance', balances);

const balanceMap = map('a balance', {
  by: key(balanceWord.prefault('peak-ewma'), 'how one is chosen among the replicas'),
  decay: key(
    positiveDuration().prefault('10s'),
    'peak-ewma: after this time without news an estimate has fallen to 37 %',
  ),
  penalty: key(
    duration().prefault('1s'),
    'peak-ewma: what a failure costs beside the time that it took',
  ),
});

const balanceDefaults = balanceMap.parse({});

/** A caller's own choice among the replicas. */
export const balance = z
  .union([balanceWord.transform((by) => ({ ...balanceDefaults, by })), balanceMap], {
    error: wrong('not a balance', `one of: ${balances.join(', ')}, or { by: peak-ewma }`),
  })
  .register(shortFor, { key: 'by' });

/** More than these are not looked at one by one. */
const mostRequests = 1_000_000;
const mostReplicas = 10_000;

const outliersMap = map('an outlier ejection', {
  consecutive: key(
    count(1, mostRequests, 5).prefault(5),
    'a replica is out after so many failures in a row',
  ),
  interval: key(positiveDuration().prefault('10s'), 'how often replicas are compared'),
  successRate: key(
    map('a rule for success rates', {
      deviations: key(
        z
          .number({ error: wrong('not a number', 'write 1.9') })
          .min(0, { error: wrong('a number out of range', 'it must be 0 to 100') })
          .max(100, { error: wrong('a number out of range', 'it must be 0 to 100') })
          .register(valueNotes, { what: 'a number', range: '0 to 100', example: '1.9' })
          .prefault(1.9),
        'standard deviations below the mean of all',
      ),
      of: key(count(1, mostRequests, 100).prefault(100), 'requests in the interval, at least'),
      replicas: key(count(2, mostReplicas, 5).prefault(5), 'with so many replicas, at least'),
    }).prefault({}),
    'a replica is out for a success rate far below that of the others',
  ),
  failures: key(
    map('a rule for failures', {
      share: key(share().prefault('85%'), 'of its requests'),
      of: key(count(1, mostRequests, 50).prefault(50), 'requests in the interval, at least'),
      replicas: key(count(1, mostReplicas, 5).prefault(5), 'with so many replicas, at least'),
    }).prefault({}),
    'a replica is out when more than this share fails',
  ),
  eject: key(
    positiveDuration().prefault('30s'),
    'how long it is out; twice as long the second time, and so on',
  ),
  ejectMax: key(positiveDuration().prefault('5m'), 'it is out for no longer'),
  share: key(
    positiveShare().prefault('34%'),
    'no more replicas are out at once; but one may be of two or more, and one always stays',
  ),
}).refine((it) => it.ejectMax >= it.eject, {
  error: wrong('ejectMax is below eject', 'write at least as much'),
});

const allDefaults = z
  .literal(true)
  .transform(() => outliersMap.parse({}))
  .register(valueNotes, { what: 'the word', example: 'true' });

/** Replicas that behave worse than the others are left out for a while. */
export const outliers = z
  .union([allDefaults, outliersMap], {
    error: wrong('not an outlier ejection', 'write true for all defaults, or { consecutive: 5 }'),
  })
  .register(wordFor, { word: 'true' });

export type OutliersEntry = z.output<typeof outliers>;
