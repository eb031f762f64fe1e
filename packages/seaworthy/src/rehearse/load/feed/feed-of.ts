import type { RandomStream } from '@seaworthy/policy/engine';

import { ArrivalProcess, sourceStream } from '../../../traffic/open-arrivals.ts';
import type { LoadPlan } from '../plan.ts';
import { ClosedFeed } from './closed-feed.ts';
import type { Feed, Part } from './feed.ts';
import { OpenFeed } from './open-feed.ts';
import { RecordedFeed } from './recorded-feed.ts';
import { RequestChoice } from './request-choice.ts';

/** The tasks of one thread of the load. */
export function feedOf({ arrivals, requests, seed, source }: LoadPlan, part: Part): Feed {
  const draw = (purpose: string): RandomStream => sourceStream(seed, source, purpose);
  const weights = requests.map(({ weight }) => weight);
  switch (arrivals.kind) {
    case 'open': {
      const process = new ArrivalProcess(arrivals, arrivals.bursts, draw('arrivals'));
      return new OpenFeed(process, new RequestChoice(weights, draw('requests')), part);
    }
    case 'closed': {
      // Which user asks first is up to the target: each thread has dice of its own.
      const choice = new RequestChoice(weights, draw(`requests of thread ${part.index}`));
      return new ClosedFeed(arrivals, choice, part, (user) => draw(`think of user ${user}`));
    }
    case 'recorded':
      return new RecordedFeed(arrivals, part);
  }
}
