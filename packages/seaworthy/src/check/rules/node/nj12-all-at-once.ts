import { finding } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const nj12: Rule = {
  id: 'NJ12',
  name: 'as many calls at once as a request asks for',
  severity: 'medium',
  formula: 'Promise.all over a list that comes with the request, with a call over HTTP for each',
  why:
    'the caller chooses how many calls are made at the same moment: one request with ten thousand ' +
    'ids takes all sockets and the callee with them, and all others wait',
  sources: [
    'https://nodejs.org/learn/asynchronous-work/dont-block-the-event-loop',
    'https://sre.google/sre-book/handling-overload/',
  ],
  remedy: 'Refuse long lists, and work on a few at a time (`p-limit`, a policy with a `limit`).',
  needs: ['the code of the handler'],
  *decide({ code }) {
    for (const use of code) {
      if (use.kind !== 'fan-out') continue;
      const { owner, over, calls, at } = use;
      yield finding(owner, {
        what: `it makes a call (${calls}) for each of ${over}, all at once, and nothing bounds them`,
        numbers: [text('list', { value: over, origin: at })],
        passes: 'at most ten at a time, of a list of bounded length',
        at,
      });
    }
  },
};
