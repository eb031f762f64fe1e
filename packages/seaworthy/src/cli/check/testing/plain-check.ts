import type { CheckArguments } from '../arguments.ts';

/** The options of a check that was asked for nothing. */
export const plainCheck: CheckArguments = { failOn: 'high', format: 'text', color: false };
