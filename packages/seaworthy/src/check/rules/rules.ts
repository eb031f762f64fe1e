import type { Rule } from '../rule.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [];
