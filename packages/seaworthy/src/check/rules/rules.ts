import type { Rule, RuleText } from '../rule.ts';
import { cb01 } from './breakers/cb01-too-few-calls.ts';
import { cb02 } from './breakers/cb02-opens-on-noise.ts';
import { cb03 } from './breakers/cb03-short-window.ts';
import { cb04 } from './breakers/cb04-slow-detection.ts';
import { cb05 } from './breakers/cb05-many-probes.ts';
import { cb06 } from './breakers/cb06-retries-hide-failures.ts';
import { cb07 } from './breakers/cb07-work-goes-on.ts';
import { cb08 } from './breakers/cb08-ejects-too-many.ts';
import { cb09 } from './breakers/cb09-ejects-late.ts';
import { cb10 } from './breakers/cb10-fallback-to-itself.ts';
import { ca01 } from './caches/ca01-expire-together.ts';
import { ca02 } from './caches/ca02-hot-key.ts';
import { ca03 } from './caches/ca03-load-bearing-cache.ts';
import { ca06 } from './caches/ca06-slow-without-cache.ts';
import { ca07 } from './caches/ca07-weak-fallback.ts';
import { ca08 } from './caches/ca08-unseen-fallback.ts';
import { dr11 } from './drift/dr11-not-rehearsed.ts';
import { driftRules, pairRules } from './drift/rules.ts';
import { in01 } from './input/in01-broken-file.ts';
import { lc01 } from './lifecycle/lc01-shared-probe.ts';
import { lc02 } from './lifecycle/lc02-deep-liveness.ts';
import { lc03 } from './lifecycle/lc03-no-readiness.ts';
import { lc04 } from './lifecycle/lc04-impatient-probe.ts';
import { lc05 } from './lifecycle/lc05-killed-while-starting.ts';
import { lc06 } from './lifecycle/lc06-short-grace.ts';
import { lc07 } from './lifecycle/lc07-no-pre-stop.ts';
import { lc08 } from './lifecycle/lc08-signal-swallowed.ts';
import { lc09 } from './lifecycle/lc09-no-requests.ts';
import { lc10 } from './lifecycle/lc10-heap-above-limit.ts';
import { lc11 } from './lifecycle/lc11-requests-below-use.ts';
import { lc12 } from './lifecycle/lc12-single-replica.ts';
import { lc13 } from './lifecycle/lc13-deploy-overloads.ts';
import { lc14 } from './lifecycle/lc14-no-spread.ts';
import { lc15 } from './lifecycle/lc15-autoscaler-fights.ts';
import { lc16 } from './lifecycle/lc16-cycle.ts';
import { lc17 } from './lifecycle/lc17-start-order.ts';
import { lc19 } from './lifecycle/lc19-moving-image.ts';
import { lc20 } from './lifecycle/lc20-nothing-to-go-back-to.ts';
import { lc21 } from './lifecycle/lc21-no-health-check.ts';
import { lc22 } from './lifecycle/lc22-many-lookups.ts';
import { lc23 } from './lifecycle/lc23-ends-with-a-connection.ts';
import { lc24 } from './lifecycle/lc24-overlapping-jobs.ts';
import { nj02 } from './node/nj02-timeouts-of-a-server.ts';
import { nj04 } from './node/nj04-one-busy-thread.ts';
import { nj06 } from './node/nj06-minutes-by-default.ts';
import { nj07 } from './node/nj07-retries-of-undici.ts';
import { nj09 } from './node/nj09-endless-statements.ts';
import { nj10 } from './node/nj10-pool-by-host.ts';
import { nj11 } from './node/nj11-pool-by-cores.ts';
import { nj12 } from './node/nj12-all-at-once.ts';
import { nj13 } from './node/nj13-waits-for-a-server.ts';
import { nj14 } from './node/nj14-endless-commands.ts';
import { ob01 } from './observability/ob01-endless-logs.ts';
import { ob11 } from './observability/ob11-uncounted-attempts.ts';
import { ov01 } from './overload/ov01-takes-everything.ts';
import { ov02 } from './overload/ov02-useless-rate-limit.ts';
import { ov03 } from './overload/ov03-unused-criticality.ts';
import { ov04 } from './overload/ov04-scales-too-late.ts';
import { ov05 } from './overload/ov05-scales-by-the-wrong-thing.ts';
import { ov06 } from './overload/ov06-retries-what-is-shed.ts';
import { pq01 } from './pools/pq01-small-pool.ts';
import { pq02 } from './pools/pq02-database-full.ts';
import { pq03 } from './pools/pq03-busy-database.ts';
import { pq04 } from './pools/pq04-second-connection.ts';
import { pq05 } from './pools/pq05-endless-wait.ts';
import { pq06 } from './pools/pq06-dead-queue.ts';
import { pq07 } from './pools/pq07-endless-queue.ts';
import { pq08 } from './pools/pq08-bulkheads-add-up.ts';
import { pq09 } from './pools/pq09-tight-bulkhead.ts';
import { pq10 } from './pools/pq10-optional-takes-all.ts';
import { pq11 } from './pools/pq11-idle-order.ts';
import { pq12 } from './pools/pq12-endless-connections.ts';
import { pq13 } from './pools/pq13-endless-sockets.ts';
import { pq14 } from './pools/pq14-no-port-left.ts';
import { pq15 } from './pools/pq15-pooler-is-the-wall.ts';
import { pq16 } from './pools/pq16-job-runs-twice.ts';
import { pq17 } from './pools/pq17-saturation.ts';
import { pq18 } from './pools/pq18-no-spare-replica.ts';
import { pq19 } from './pools/pq19-open-files.ts';
import { ob04 } from './release/ob04-promises-too-much.ts';
import { ob05 } from './release/ob05-nobody-would-notice.ts';
import { ob06 } from './release/ob06-too-few-samples.ts';
import { ob07 } from './release/ob07-blind-canary.ts';
import { ob08 } from './release/ob08-canary-on-noise.ts';
import { ob09 } from './release/ob09-overloaded-canary.ts';
import { ob10 } from './release/ob10-cold-against-warm.ts';
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
import { rt21 } from './retries/rt21-retries-the-breaker.ts';
import { rt22 } from './retries/rt22-slow-connect.ts';

/** All rules, by their ids. */
export const rules: readonly Rule[] = [
  ca01,
  ca02,
  ca03,
  ca06,
  ca07,
  ca08,
  cb01,
  cb02,
  cb03,
  cb04,
  cb05,
  cb06,
  cb07,
  cb08,
  cb09,
  cb10,
  ...driftRules,
  in01,
  lc01,
  lc02,
  lc03,
  lc04,
  lc05,
  lc06,
  lc07,
  lc08,
  lc09,
  lc10,
  lc11,
  lc12,
  lc13,
  lc14,
  lc15,
  lc16,
  lc17,
  lc19,
  lc20,
  lc21,
  lc22,
  lc23,
  lc24,
  nj02,
  nj04,
  nj06,
  nj07,
  nj09,
  nj10,
  nj11,
  nj12,
  nj13,
  nj14,
  ob01,
  ob04,
  ob05,
  ob06,
  ob07,
  ob08,
  ob09,
  ob10,
  ob11,
  ov01,
  ov02,
  ov03,
  ov04,
  ov05,
  ov06,
  pq01,
  pq02,
  pq03,
  pq04,
  pq05,
  pq06,
  pq07,
  pq08,
  pq09,
  pq10,
  pq11,
  pq12,
  pq13,
  pq14,
  pq15,
  pq16,
  pq17,
  pq18,
  pq19,
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
  rt21,
  rt22,
];

/** Those that compare two environments as well. */
export const allRules: readonly RuleText[] = [...rules, ...pairRules, dr11].toSorted((a, b) => {
  return a.id < b.id ? -1 : 1;
});
