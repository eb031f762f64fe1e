import { z } from 'zod';
import { type NetworkSettings, profileNames, profiles } from '../network.ts';
import { distribution } from './distribution.ts';
import { key, map, shortFor, wrong } from './notes.ts';
import { factor, lossShare, positiveDuration, share } from './quantities.ts';
import { word } from './values.ts';

const profile = word('a profile', profileNames);

const none = { latency: { kind: 'constant', valueMs: 0 }, loss: 0 } as const;

/** A key that the profile has a value for. */
function preset<S extends z.ZodType>(schema: S, meaning: string, otherwise: string): S {
  const absent = `as the profile; without one ${otherwise}`;
  return key(schema, meaning, absent, (has) => (has('profile') ? 'as the profile' : otherwise));
}

const networkMap = map('a network', {
  profile: key(profile.optional(), 'measured networks: what is left out here is as there', 'none'),
  latency: preset(distribution.optional(), 'one way', '0s'),
  loss: preset(lossShare().optional(), 'messages that are lost and sent again', '0%'),
  newConnections: preset(
    share().optional(),
    'attempts that have to open a connection first: once more there and back',
    '0%',
  ),
  dnsSlow: preset(
    share().optional(),
    'new connections whose name lookup loses an answer, and asks again after 5 s',
    '0%',
  ),
  dnsFails: preset(share().optional(), 'new connections whose name lookup fails', '0%'),
  slow: key(
    map('slow spells', {
      every: key(positiveDuration(), 'from the end of one spell to the next, on average'),
      for: key(positiveDuration(), 'how long a spell lasts, on average'),
      by: key(factor(), 'times as long as otherwise'),
    }).optional(),
    'all messages are slower for a while, now and then',
    'none',
  ),
});

/** What lies between caller and callee: a profile by its name, or in detail. */
export const network = z
  .union(
    [profile.transform((name): z.output<typeof networkMap> => ({ profile: name })), networkMap],
    {
      error: wrong('not a network', 'write same-zone, or { latency: 1ms, loss: 0.1% }'),
    },
  )
  .register(shortFor, { key: 'profile' })
  .transform((it): NetworkSettings => {
    const basis = it.profile && profiles[it.profile];
    const connections = {
      share: it.newConnections ?? basis?.connections?.share ?? 0,
      dnsSlow: it.dnsSlow ?? basis?.connections?.dnsSlow ?? 0,
      dnsFails: it.dnsFails ?? basis?.connections?.dnsFails ?? 0,
    };
    return {
      latency: it.latency ?? basis?.latency ?? none.latency,
      loss: it.loss ?? basis?.loss ?? none.loss,
      connections: connections.share > 0 ? connections : undefined,
      spells: it.slow && { everyMs: it.slow.every, forMs: it.slow.for, factor: it.slow.by },
    };
  });
