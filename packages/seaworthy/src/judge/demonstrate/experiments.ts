import { neverOpens, opensOnNoise } from './breakers.ts';
import { emptyCache, hotKey } from './caches.ts';
import type { MakeExperiment } from './experiment.ts';
import { deadQueue, noSpare, outgrown, saturation, tightBulkhead } from './pools.ts';
import { amplification, manyLayers, noAttemptTimeout, noBudget } from './retries.ts';
import { inversion, noTimeout, stall } from './timeouts.ts';

/** How findings of these rules can be shown. */
export const experiments: ReadonlyMap<string, MakeExperiment> = new Map([
  ['CA02', hotKey],
  ['CA03', emptyCache],
  ['CB01', neverOpens],
  ['CB02', opensOnNoise],
  ['OV04', outgrown],
  ['PQ06', deadQueue],
  ['PQ09', tightBulkhead],
  ['PQ10', stall],
  ['PQ17', saturation],
  ['PQ18', noSpare],
  ['RT01', amplification],
  ['RT02', manyLayers],
  ['RT03', noBudget],
  ['RT05', inversion],
  ['RT07', noAttemptTimeout],
  ['RT08', noTimeout],
  ['RT09', stall],
]);
