import type { SyntaxNode } from '@lezer/common';

import type { Expression } from './expression.ts';
import { unknown } from './expression.ts';

/** Reads the expressions of a file; the grammars of the three languages agree on most names. */
export class Reader {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  expression(node: SyntaxNode | null): Expression {
    if (node === null) return unknown;
    switch (node.name) {
      case 'String':
      case 'StringLiteral':
        return { kind: 'text', value: unquoted(this.read(node)) };
      case 'Number':
      case 'IntegerLiteral':
      case 'FloatingPointLiteral':
        return this.number(node);
      case 'Boolean':
      case 'BooleanLiteral':
      case 'boolean':
        return { kind: 'truth', value: /^true$/i.test(this.read(node)), offset: node.from };
      case 'VariableName':
      case 'Identifier':
        return { kind: 'name', name: this.read(node), offset: node.from };
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
        return this.expression(
          node.lastChild?.name === ')' ? node.childAfter(node.from + 1) : node.lastChild,
        );
      case 'BinaryExpression':
        return this.binary(node);
      case 'ConditionalExpression':
      case 'TernaryExpression':
        return this.conditional(node);
      case 'TemplateString':
      case 'FormatString':
        return this.template(node);
      case 'DictionaryExpression':
      case 'ObjectExpression':
        return { kind: 'map', entries: this.entries(node) };
      case 'MemberExpression':
        return this.member(node);
      case 'CallExpression':
      case 'NewExpression':
      case 'MethodInvocation':
        return this.call(node);
      case 'ArrowFunction':
      case 'FunctionExpression':
        return { kind: 'function' };
      default:
        return unknown;
    }
  }

  /** The arguments of a call: those with a name apart. */
  arguments(list: SyntaxNode | null): { values: Expression[]; named: Map<string, Expression> } {
    const values: Expression[] = [];
    const named = new Map<string, Expression>();
    const nodes = list === null ? [] : children(list).filter((it) => !/^[(),]$/.test(it.name));
    for (let at = 0; at < nodes.length; at++) {
      if (nodes[at + 1]?.name === 'AssignOp' && nodes[at + 2] !== undefined) {
        named.set(this.read(nodes[at]!), this.expression(nodes[at + 2]!));
        at += 2;
      } else values.push(this.expression(nodes[at]!));
    }
    return { values, named };
  }

  private number(node: SyntaxNode): Expression {
    const value = Number(
      this.read(node)
        .replace(/_/g, '')
        .replace(/[lLdDfF]$/, ''),
    );
    return Number.isFinite(value) ? { kind: 'number', value, offset: node.from } : unknown;
  }

  private binary(node: SyntaxNode): Expression {
    const [left, operator, right] = children(node);
    if (left === undefined || operator === undefined || right === undefined) return unknown;
    const sign = this.read(operator);
    const [a, b] = [this.expression(left), this.expression(right)];
    if (sign === '??' || sign === '||' || sign === 'or') {
      return a.kind === 'variable' ? { ...a, fallback: b } : { kind: 'either', of: [a, b] };
    }
    if (sign === '*' && a.kind === 'number' && b.kind === 'number') {
      return { ...a, value: a.value * b.value };
    }
    return sign === '+' ? { kind: 'joined', parts: [a, b] } : unknown;
  }

  /** `a if c else b`, `c ? a : b` */
  private conditional(node: SyntaxNode): Expression {
    const parts = children(node);
    const isPython = parts[1]?.name === 'if';
    const chosen = isPython ? [parts[0], parts[4]] : [parts[2], parts[4]];
    return { kind: 'either', of: chosen.map((it) => this.expression(it ?? null)) };
  }

  /** Text between replacements has no node of its own. */
  private template(node: SyntaxNode): Expression {
    const parts: Expression[] = [];
    const start = /^[a-zA-Z]*("""|'''|["'`])/.exec(this.read(node))?.[0].length ?? 1;
    let from = node.from + start;
    for (const part of children(node).filter((it) =>
      /^(Interpolation|FormatReplacement)$/.test(it.name),
    )) {
      parts.push({ kind: 'text', value: this.text.slice(from, part.from) });
      parts.push(this.expression(children(part)[1] ?? null));
      from = part.to;
    }
    parts.push({ kind: 'text', value: this.text.slice(from, node.to).replace(/["'`]+$/, '') });
    return { kind: 'joined', parts };
  }

  private entries(node: SyntaxNode): Map<string, Expression> {
    const entries = new Map<string, Expression>();
    const nodes = children(node);
    for (const [at, it] of nodes.entries()) {
      if (it.name === 'Property') {
        const [key, , value] = children(it);
        // `{ max }` stands for `{ max: max }`.
        if (key !== undefined) entries.set(unquoted(this.read(key)), this.property(key, value));
      } else if (it.name === ':' && at > 0) {
        entries.set(unquoted(this.read(nodes[at - 1]!)), this.expression(nodes[at + 1] ?? null));
      }
    }
    return entries;
  }

  private property(key: SyntaxNode, value: SyntaxNode | undefined): Expression {
    if (value !== undefined) return this.expression(value);
    return { kind: 'name', name: this.read(key), offset: key.from };
  }

  private member(node: SyntaxNode): Expression {
    const [of, sign, property] = children(node);
    if (of === undefined || property === undefined) return unknown;
    const key = sign?.name === '[' ? keyOf(this.expression(property)) : this.read(property);
    if (key === undefined) return unknown;
    const whole = this.read(of).replace(/\s/g, '');
    if (whole === 'process.env' || whole === 'os.environ' || whole === 'import.meta.env') {
      return { kind: 'variable', name: key, fallback: undefined };
    }
    return { kind: 'member', of: this.expression(of), key };
  }

  private call(node: SyntaxNode): Expression {
    const list = node.getChild('ArgList') ?? node.getChild('ArgumentList');
    const to = list?.from ?? node.to;
    const callee = this.text
      .slice(node.from, to)
      .replace(/^new\s+/, '')
      .replace(/\s/g, '');
    const { values, named } = this.arguments(list);
    const [first, second] = values;
    if (/^(os\.environ\.get|os\.getenv|System\.getenv)$/.test(callee) && first?.kind === 'text') {
      return { kind: 'variable', name: first.value, fallback: second };
    }
    // `Number(x)`, `str(x)`: what they make of it is the same here.
    if (/^(Number|parseInt|parseFloat|int|float|str|String|Boolean|bool)$/.test(callee)) {
      return first ?? unknown;
    }
    const object = node.firstChild;
    const receiver = object?.name === 'MemberExpression' ? object.firstChild : object;
    return { kind: 'call', callee, receiver: this.expression(receiver), values, named };
  }
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let it = node.firstChild; it !== null; it = it.nextSibling) {
    if (!it.name.endsWith('Comment')) found.push(it);
  }
  return found;
}

function keyOf(expression: Expression): string | undefined {
  return expression.kind === 'text' ? expression.value : undefined;
}

function unquoted(text: string): string {
  return text.replace(/^[a-zA-Z]*("""|'''|["'`])([\s\S]*)\1$/, '$2');
}
