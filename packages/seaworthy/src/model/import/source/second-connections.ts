import type { SyntaxNode } from '@lezer/common';

import type { Reader } from './lower.ts';
import { children } from './lower.ts';
import { functions } from './scopes.ts';
import type { Seen } from './seen.ts';

/** A function that holds a connection of a pool, and waits for another one of the same pool. */
export interface SecondConnection {
  readonly kind: 'second-connection';
  /** Where it asks for the second. */
  readonly offset: number;
  /** The driver whose pool it is. */
  readonly package: string;
  /** `pool.connect()` */
  readonly holds: string;
  /** `pool.query` */
  readonly asksFor: string;
}

/** How a driver gives a connection, and what takes one by itself. */
const drivers = [
  { package: 'pg', made: /^(Pool)$/, gives: 'connect', takes: ['connect', 'query'] },
  {
    package: 'mysql2',
    made: /^(createPool)$/,
    gives: 'getConnection',
    takes: ['getConnection', 'query', 'execute'],
  },
] as const;

export function secondConnection(seen: Seen): SecondConnection | undefined {
  const { callee, receiver } = seen.call;
  if (receiver?.kind !== 'name' || callee.split('.').length !== 2) return undefined;
  const pool = receiver.name;
  const method = callee.split('.')[1];
  if (method === 'transaction') return withinTransaction(seen, pool);
  const driver = drivers.find(({ gives }) => gives === method);
  return driver && beforeRelease(seen, pool, driver);
}

/** `const client = await pool.connect(); await pool.query(...); client.release();` */
function beforeRelease(
  seen: Seen,
  pool: string,
  driver: (typeof drivers)[number],
): SecondConnection | undefined {
  const { node, reader } = seen;
  const declared = node.parent?.parent;
  if (node.parent?.name !== 'AwaitExpression' || declared?.name !== 'VariableDeclaration') {
    return undefined;
  }
  const client = declared.getChild('VariableDefinition');
  const block = declared.parent;
  if (client === null || block === null || !isOf(seen, driver.package, driver.made))
    return undefined;
  const awaited = awaitedIn(block, reader).filter(({ offset }) => offset > declared.to);
  const released = reader.read(block).slice(declared.to - block.from);
  const release = new RegExp(String.raw`\b${reader.read(client)}\.release\(`).exec(released);
  if (release === null) return undefined;
  const second = awaited.find(({ text, offset }) => {
    const isBefore = offset < declared.to + release.index;
    return isBefore && driver.takes.some((it) => text.startsWith(`${pool}.${it}(`));
  });
  return (
    second && {
      kind: 'second-connection',
      offset: second.offset,
      package: driver.package,
      holds: `${pool}.${driver.gives}()`,
      asksFor: second.text.slice(0, second.text.indexOf('(')),
    }
  );
}

/** `knex.transaction(async (trx) => { await knex('orders')... })` */
function withinTransaction(seen: Seen, knex: string): SecondConnection | undefined {
  const { node, reader } = seen;
  const run = node.getChild('ArgList')?.getChild('ArrowFunction');
  const body = run?.lastChild;
  if (!run || !body || !isOf(seen, 'knex', /^(default|knex)$/)) return undefined;
  const second = awaitedIn(body, reader).find(({ text }) => {
    const isOutside = text.startsWith(`${knex}(`) || text.startsWith(`${knex}.raw(`);
    return isOutside && !text.includes('.transacting(');
  });
  return (
    second && {
      kind: 'second-connection',
      offset: second.offset,
      package: 'knex',
      holds: `${knex}.transaction()`,
      asksFor: second.text.slice(0, second.text.indexOf('(')),
    }
  );
}

/**
 * Whether the receiver is a pool of a driver: made in this file, or in another one of the workload,
 * where its methods alone tell.
 */
function isOf({ call, meaning, imports }: Seen, driver: string, made: RegExp): boolean {
  const { receiver } = call;
  if (receiver?.kind !== 'name') return false;
  if (imports(receiver.name)?.module.startsWith('.') === true) return true;
  const known = meaning(receiver.name, receiver.offset);
  const [only] = known;
  const maker = known.length === 1 && only?.kind === 'call' ? imports(only.callee) : undefined;
  return maker !== undefined && maker.module.split('/')[0] === driver && made.test(maker.name);
}

/** What is awaited in a node, functions within it left out. */
function awaitedIn(
  node: SyntaxNode,
  reader: Reader,
): readonly { readonly text: string; readonly offset: number }[] {
  return children(node).flatMap((child) => {
    if (functions.has(child.name)) return [];
    const inner = awaitedIn(child, reader);
    const operand = child.name === 'AwaitExpression' ? child.lastChild : null;
    return operand === null
      ? inner
      : [{ text: reader.read(operand), offset: operand.from }, ...inner];
  });
}
