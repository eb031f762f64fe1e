import { finding, placeOf } from '../../decide.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { placeOfOwner } from '../../workloads/workload.ts';

export const nj09: Rule = {
  id: 'NJ09',
  name: 'statements that nothing ends',
  severity: 'high',
  formula: 'a pool of database connections without a timeout of its statements',
  why:
    'one slow query or lock holds its connection for as long as it likes; a pool of ten is gone after ' +
    'ten of them, and with it every request that needs the database',
  sources: [
    'https://node-postgres.com/apis/client',
    'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT',
  ],
  remedy:
    'Set statement_timeout and idle_in_transaction_session_timeout, in the client or for the role, ' +
    'below the timeout of the callers.',
  needs: ['the timeouts of a pool, by its settings or the defaults of its version'],
  *decide(landscape) {
    const { pools } = landscape;
    for (const { owner, to, who, statementTimeoutMs: timeout, at } of pools) {
      if (timeout?.value !== Infinity) continue;
      yield finding(owner, {
        what: `${who} lets a statement${to === undefined ? '' : ` at ${to}`} run for ever`,
        numbers: [duration(`timeout of a statement of ${who}`, timeout)],
        passes: 'statement_timeout of 5 s',
        at: placeOf(timeout.origin, at, placeOfOwner(landscape, owner)),
      });
    }
  },
};
