import type { CallEngine, RetryBudget } from '@seaworthy/policy/engine';

import type { Sampler } from '../../model/chance/sampler.ts';
import type { ClassMeter } from '../measure/class-meter.ts';
import type { Balancer } from '../work/balancer.ts';
import type { Network } from '../work/network.ts';
import type { EdgeRuntime } from './edge.ts';

/** The parts of an edge that the world builds. */
export interface EdgeParts {
  readonly balancer: Balancer;
  readonly network: Network;
  /** One policy engine a caller: a replica of a service, or a client of a source. */
  readonly newEngine: (edge: EdgeRuntime, caller: number) => CallEngine;
  readonly callers: number;
  /** One for all callers, where the model says so. */
  readonly sharedBudget: RetryBudget | undefined;
  readonly fallbackTimes: readonly (Sampler | undefined)[];
  /** Where calls of more than one class are made. */
  readonly classes: ClassMeter | undefined;
  /** The callee has a door that asks for it. */
  readonly tellsLevel: boolean;
}
