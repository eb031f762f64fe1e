import type { SyntaxNode } from '@lezer/common';

import type { Expression } from './expression.ts';
import type { Reader } from './lower.ts';
import { children } from './lower.ts';

export type Call = Extract<Expression, { kind: 'call' }>;

/** The calls in a node, in order, with where they stand. */
export function callsWithin(
  node: SyntaxNode,
  reader: Reader,
): readonly { readonly call: Call; readonly node: SyntaxNode }[] {
  return children(node).flatMap((child) => {
    const inner = callsWithin(child, reader);
    if (child.name !== 'CallExpression') return inner;
    const call = reader.expression(child);
    return call.kind === 'call' ? [{ call, node: child }, ...inner] : inner;
  });
}
