import type { PairRule } from '../../drift/pair.ts';
import type { Rule } from '../../rule.ts';
import { dr01 } from './dr01-one-side-only.ts';
import { dr02 } from './dr02-misspelled.ts';
import { dr03 } from './dr03-must-be-equal.ts';
import { dr04 } from './dr04-must-scale.ts';
import { dr05 } from './dr05-must-differ.ts';
import { dr06 } from './dr06-another-unit.ts';
import { dr07 } from './dr07-changed-default.ts';
import { dr08 } from './dr08-placeholder.ts';
import { dr09 } from './dr09-flag-never-rehearsed.ts';
import { dr10 } from './dr10-certificate.ts';
import { dr12 } from './dr12-latent.ts';
import { dr13 } from './dr13-parse-trap.ts';
import { dr14 } from './dr14-dead-route.ts';
import { dr15 } from './dr15-less-in-production.ts';
import { dr16 } from './dr16-debug-in-production.ts';

/** What one environment alone can tell. */
export const driftRules: readonly Rule[] = [dr02, dr08, dr10, dr12, dr13, dr14, dr16];

/** What it takes two environments to tell. */
export const pairRules: readonly PairRule[] = [dr01, dr03, dr04, dr05, dr06, dr07, dr09, dr15];
