import { Admission } from '../admission/admission.ts';
import { CircuitBreaker } from '../breaker/breaker.ts';
import { RetryBudget } from '../budget/budget.ts';
import { CacheStage } from '../cache/stage.ts';
import { Endpoints } from '../endpoints/endpoints.ts';
import { NormalPath } from '../fallback/normal-path.ts';
import { Hedges } from '../hedge/hedges.ts';
import { AdaptiveLimit } from '../limit/adaptive-limit.ts';
import { Codel } from '../limit/codel.ts';
import { SmoothRetries } from '../retry/smooth-retries.ts';
import { Throttle } from '../throttle/throttle.ts';
import type { Stages } from './stages.ts';

/** For engines that are to do whatever their settings say. */
export const allStages: Stages = {
  admission: Admission,
  adaptive: AdaptiveLimit,
  breaker: CircuitBreaker,
  budget: RetryBudget,
  cache: CacheStage,
  codel: Codel,
  endpoints: Endpoints,
  fallbacks: NormalPath,
  hedge: Hedges,
  retry: SmoothRetries,
  throttle: Throttle,
};
