import type { Rule } from '../rule.ts';
import { rt01 } from './retries/rt01-amplification.ts';
import { rt02 } from './retries/rt02-retrying-layers.ts';
import { rt05 } from './retries/rt05-timeout-inversion.ts';
import { rt07 } from './retries/rt07-no-attempt-timeout.ts';
import { rt08 } from './retries/rt08-no-timeout.ts';

/** All rules, by their ids. */
export const rules: readonly Rule[] = [rt01, rt02, rt05, rt07, rt08];
