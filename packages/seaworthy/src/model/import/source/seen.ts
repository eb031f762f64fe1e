import type { SyntaxNode } from '@lezer/common';

import type { Call } from './calls-within.ts';
import type { Meaning } from './expression.ts';
import type { Imports } from './imports.ts';
import type { Reader } from './lower.ts';

/** One call, with what it takes to understand it. */
export interface Seen {
  readonly node: SyntaxNode;
  readonly call: Call;
  readonly reader: Reader;
  readonly meaning: Meaning;
  readonly imports: Imports;
}
