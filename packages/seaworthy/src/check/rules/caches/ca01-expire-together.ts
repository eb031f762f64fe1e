import { durationText, shareText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { duration, share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { modelEdges } from '../../traffic/model-services.ts';

const leastJitter = 0.1;

export const ca01: Rule = {
  id: 'CA01',
  name: 'entries that expire together',
  severity: 'high',
  formula: 'jitter of the time to live < 10 %, and no early refresh',
  why:
    'what was loaded together, after a start or a flush, is loaded together again and again: a ' +
    'stampede by the clock',
  sources: [
    'https://cseweb.ucsd.edu/~avattani/papers/cache_stampede.pdf',
    'https://aws.amazon.com/builders-library/caching-challenges-and-strategies/',
  ],
  remedy: 'Spread the time to live by 10 % or more, and refresh entries before they expire.',
  needs: ['the cache of an edge in a seaworthy.yaml'],
  *decide(landscape) {
    for (const { file, edge } of modelEdges(landscape)) {
      const { cache } = edge.policy;
      if (cache === undefined || cache.jitter >= leastJitter || cache.early > 0) continue;
      const path = ['calls', edge.name, 'cache'];
      const at = file.position([...path, 'jitter']);
      yield finding(edge.name, {
        what:
          `its entries live ${durationText(cache.ttlMs)}, spread by ${shareText(cache.jitter)}, and ` +
          'none is refreshed before',
        numbers: [
          duration('time to live', { value: cache.ttlMs, origin: file.position([...path, 'ttl']) }),
          share('jitter', { value: cache.jitter, origin: at }),
        ],
        passes: 'jitter: 10%, or early: 1',
        at,
      });
    }
  },
};
