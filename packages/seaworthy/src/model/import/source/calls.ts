import type { SyntaxNode, Tree } from '@lezer/common';

import type { Expression, Meaning } from './expression.ts';
import { mapsOf, numbersOf, textsOf } from './expression.ts';
import type { Reader } from './lower.ts';
import { children } from './lower.ts';
import { scopeOf } from './scopes.ts';

/** A call over HTTP that a parser can tell for sure. */
export interface FoundCall {
  readonly offset: number;
  /** What the address may be; see `withVariables`. */
  readonly addresses: readonly string[];
  readonly timeout: Found | undefined;
  /** Tries of a loop around it. */
  readonly attempts: Found | undefined;
  /** The loop waits between its tries. */
  readonly pauses: boolean;
}

interface Found {
  /** In milliseconds, or a count. */
  readonly value: number;
  readonly offset: number;
}

const calls = /^(CallExpression|MethodInvocation|NewExpression)$/;
const loops = /^(ForStatement|WhileStatement)$/;

/** The calls of a file. */
export function callsOf(tree: Tree, reader: Reader, meaning: Meaning): readonly FoundCall[] {
  const found: FoundCall[] = [];
  tree.iterate({
    enter({ node, name }) {
      if (!calls.test(name)) return;
      const call = reader.expression(node);
      if (call.kind !== 'call') return;
      const addresses = addressesOf(call, meaning);
      if (addresses.length === 0) return;
      const loop = loopAround(node, reader);
      found.push({
        offset: node.from,
        addresses,
        timeout: timeoutOf(call, node, reader, meaning),
        attempts: loop?.attempts,
        pauses: loop?.pauses ?? false,
      });
    },
  });
  return found;
}

/** What sends a request, in the libraries of the three languages. */
const sends = new RegExp(
  '(^|[._])(fetch|get|post|put|patch|delete|head|request|send_request|urlopen|' +
    'target|uri|getForObject|got|axios|ky)$',
  'i',
);

type Call = Extract<Expression, { kind: 'call' }>;

/** Only what begins as an address does, or with a variable that may hold one. */
function addressesOf({ callee, values }: Call, meaning: Meaning): readonly string[] {
  const [first] = values;
  if (first === undefined || /^(new)?(URL|URI|String)\b|format$|log$/.test(callee)) return [];
  if (!sends.test(callee)) return [];
  return textsOf(first, meaning).filter((it) => /^(https?:\/\/|\uE001[^\uE001]+\uE001)/.test(it));
}

function timeoutOf(
  call: Call,
  node: SyntaxNode,
  reader: Reader,
  meaning: Meaning,
): Found | undefined {
  const inPython = call.named.get('timeout');
  if (inPython !== undefined) {
    const seconds = longest(numbersOf(inPython, meaning));
    return seconds && { ...seconds, value: seconds.value * 1000 };
  }
  const options = call.values.slice(1).flatMap((it) => mapsOf(it, meaning));
  for (const option of options) {
    const timeout = option.get('timeout') ?? option.get('signal');
    const inner = timeout && mapsOf(timeout, meaning)[0]?.get('request');
    const numbers = timeout && numbersOf(inner ?? timeout, meaning);
    if (numbers !== undefined && numbers.length > 0) return longest(numbers);
  }
  return call.callee.endsWith('target') ? ofClient(node, reader, meaning) : undefined;
}

/** The clients of Java are given their timeouts before, in the same method. */
function ofClient(node: SyntaxNode, reader: Reader, meaning: Meaning): Found | undefined {
  const found: Found[] = [];
  const visit = (at: SyntaxNode): void => {
    if (at.name === 'MethodInvocation') {
      const call = reader.expression(at);
      if (call.kind === 'call') found.push(...readTimeout(call, meaning));
    }
    for (const inner of children(at)) visit(inner);
  };
  visit(scopeOf(node));
  return longest(found);
}

function readTimeout({ callee, values }: Call, meaning: Meaning): readonly Found[] {
  const [first, second] = values;
  const name = first?.kind === 'text' ? first.value : '';
  if (callee.endsWith('property') && /(receive|read)\.?timeout$/i.test(name)) {
    return second === undefined ? [] : numbersOf(second, meaning);
  }
  const isSetter = /(^|\.)(setReadTimeout|readTimeout)$/.test(callee);
  return isSetter && first !== undefined ? numbersOf(first, meaning) : [];
}

/** Where a condition chooses, the one that waits longest. */
function longest(numbers: readonly Found[]): Found | undefined {
  return numbers.toSorted((a, b) => b.value - a.value)[0];
}

/** A loop with a fixed number of rounds, and a `try` in it around the call. */
function loopAround(
  node: SyntaxNode,
  reader: Reader,
): { readonly attempts: Found; readonly pauses: boolean } | undefined {
  const scope = scopeOf(node);
  let tries = false;
  for (let at = node.parent; at !== null && at.from >= scope.from; at = at.parent) {
    if (at.name === 'TryStatement') tries = true;
    if (!loops.test(at.name)) continue;
    const attempts = roundsOf(at, reader);
    if (!tries || attempts === undefined) return undefined;
    return { attempts, pauses: /\b(sleep|setTimeout|delay|wait)\b/.test(reader.read(at)) };
  }
  return undefined;
}

/** `for _ in range(2)`, `for (let i = 0; i < 3; i++)` */
function roundsOf(loop: SyntaxNode, reader: Reader): Found | undefined {
  const body = loop.lastChild!;
  const head = reader.read(loop).slice(0, body.from - loop.from);
  const match = /\brange\(\s*(\d+)\s*\)|<(=?)\s*(\d+)\s*;/.exec(head);
  if (match === null) return undefined;
  const value = Number(match[1] ?? match[3]) + (match[2] === '=' ? 1 : 0);
  return { value, offset: loop.from + match.index };
}
