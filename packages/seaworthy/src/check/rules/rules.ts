import type { Rule, RuleText } from '../rule.ts';
import { driftRules, pairRules } from './drift/rules.ts';
import { lc01 } from './lifecycle/lc01-shared-probe.ts';
import { lc02 } from './lifecycle/lc02-deep-liveness.ts';
import { lc03 } from './lifecycle/lc03-no-readiness.ts';
import { lc06 } from './lifecycle/lc06-short-grace.ts';
import { lc07 } from './lifecycle/lc07-no-pre-stop.ts';
import { lc08 } from './lifecycle/lc08-signal-swallowed.ts';
import { lc09 } from './lifecycle/lc09-no-requests.ts';
import { lc10 } from './lifecycle/lc10-heap-above-limit.ts';
import { lc12 } from './lifecycle/lc12-single-replica.ts';
import { lc14 } from './lifecycle/lc14-no-spread.ts';
import { lc15 } from './lifecycle/lc15-autoscaler-fights.ts';
import { lc16 } from './lifecycle/lc16-cycle.ts';
import { lc17 } from './lifecycle/lc17-start-order.ts';
import { lc19 } from './lifecycle/lc19-moving-image.ts';
import { lc21 } from './lifecycle/lc21-no-health-check.ts';
import { lc24 } from './lifecycle/lc24-overlapping-jobs.ts';
import { ob01 } from './observability/ob01-endless-logs.ts';
import { pq17 } from './pools/pq17-saturation.ts';
import { rt01 } from './retries/rt01-amplification.ts';
import { rt02 } from './retries/rt02-retrying-layers.ts';
import { rt03 } from './retries/rt03-no-budget.ts';
import { rt04 } from './retries/rt04-budgets-multiply.ts';
import { rt05 } from './retries/rt05-timeout-inversion.ts';
import { rt06 } from './retries/rt06-dead-attempts.ts';
import { rt07 } from './retries/rt07-no-attempt-timeout.ts';
import { rt08 } from './retries/rt08-no-timeout.ts';
import { rt09 } from './retries/rt09-stall-fills-caller.ts';
import { rt10 } from './retries/rt10-false-timeouts.ts';
import { rt11 } from './retries/rt11-no-jitter.ts';
import { rt12 } from './retries/rt12-no-delay.ts';
import { rt13 } from './retries/rt13-endless-retries.ts';
import { rt15 } from './retries/rt15-retried-writes.ts';
import { rt16 } from './retries/rt16-lasting-errors.ts';
import { rt17 } from './retries/rt17-retry-after-ignored.ts';
import { rt18 } from './retries/rt18-unit-smell.ts';
import { rt19 } from './retries/rt19-costly-hedge.ts';
import { rt20 } from './retries/rt20-deadline-lost.ts';
import { rt22 } from './retries/rt22-slow-connect.ts';

/** All rules, by their ids. */
export const rules: readonly Rule[] = [
  ...driftRules,
  lc01,
  lc02,
  lc03,
  lc06,
  lc07,
  lc08,
  lc09,
  lc10,
  lc12,
  lc14,
  lc15,
  lc16,
  lc17,
  lc19,
  lc21,
  lc24,
  ob01,
  pq17,
  rt01,
  rt02,
  rt03,
  rt04,
  rt05,
  rt06,
  rt07,
  rt08,
  rt09,
  rt10,
  rt11,
  rt12,
  rt13,
  rt15,
  rt16,
  rt17,
  rt18,
  rt19,
  rt20,
  rt22,
];

/** Those that compare two environments as well. */
export const allRules: readonly RuleText[] = [...rules, ...pairRules].toSorted((a, b) => {
  return a.id < b.id ? -1 : 1;
});
