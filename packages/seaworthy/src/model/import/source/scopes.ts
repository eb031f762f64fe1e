import type { SyntaxNode, Tree } from '@lezer/common';

import type { Expression, Meaning } from './expression.ts';
import type { Reader } from './lower.ts';
import { children } from './lower.ts';

/** The nodes that are functions. */
export const functions = new Set([
  'FunctionDefinition',
  'LambdaExpression',
  'MethodDeclaration',
  'ConstructorDeclaration',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDefinition',
]);

/** The function around a node, or the file. */
export function scopeOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent !== null && !functions.has(at.name)) at = at.parent;
  return at;
}

/** What is assigned to each name, function by function. */
export function scopesOf(tree: Tree, reader: Reader): Meaning {
  const scopes = new Map<number, Map<string, Expression[]>>();
  const add = (name: SyntaxNode, value: SyntaxNode | null | undefined): void => {
    if (value === null || value === undefined) return;
    const key = scopeOf(name).from;
    const scope = scopes.get(key) ?? new Map<string, Expression[]>();
    scopes.set(key, scope);
    const word = reader.read(name);
    scope.set(word, [...(scope.get(word) ?? []), reader.expression(value)]);
  };
  tree.iterate({
    enter({ node, name }) {
      if (name === 'AssignStatement' || name === 'AssignmentExpression') {
        const [target, sign, value] = children(node);
        if (target?.name === 'VariableName' && sign?.name !== 'TypeDef') add(target, value);
      } else if (name === 'VariableDeclarator') {
        const [target, , value] = children(node);
        if (target !== undefined) add(target, value);
      } else if (name === 'VariableDefinition') {
        const next = node.nextSibling?.name === 'TypeAnnotation' ? node.nextSibling : node;
        if (next.nextSibling?.name === 'Equals') add(node, next.nextSibling.nextSibling);
      }
    },
  });
  return (name, offset) => {
    let at: SyntaxNode | null = tree.resolveInner(offset, 1);
    while (at !== null) {
      const scope: SyntaxNode = scopeOf(at);
      const found = scopes.get(scope.from)?.get(name);
      if (found !== undefined) return found;
      at = scope.parent;
    }
    return [];
  };
}
