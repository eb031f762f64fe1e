import { z } from 'zod';

import { addIssues } from '../../../model/issues.ts';
import { Problems } from '../../../model/problems.ts';
import { key, map, wrong } from '../../../model/schema/notes.ts';
import { positiveDuration } from '../../../model/schema/quantities.ts';
import { count, text, truth, word } from '../../../model/schema/values.ts';
import { child, type Located, type Path, toPlain } from '../../../model/source/located.ts';
import { parse } from '../../../model/source/parse.ts';
import { Source } from '../../../model/source/source.ts';
import { type Address, parseAddress } from '../address.ts';
import type { FaultKind, FaultSettings } from '../fault.ts';
import { attributes, probability } from './attributes.ts';

const kinds = Object.keys(attributes) as [FaultKind, ...FaultKind[]];

const aProxy = '[{ "name": ..., "upstream": ... }]';

/** What a client reads of a toxic, and may send back: taken for nothing. */
const readOnly = z.unknown().optional();

const toxic = map('a toxic', {
  name: key(text('a name', 'slow').optional(), 'unique on its proxy', '<type>_<stream>'),
  type: key(word('a type of toxic', kinds), 'what it does'),
  stream: key(
    word('a stream', ['downstream', 'upstream']).prefault('downstream'),
    'which bytes it works on: downstream is from the server to the client',
  ),
  toxicity: key(probability().prefault(1), 'the probability that it hits what it is drawn for'),
  attributes: key(z.unknown().optional(), 'what belongs to the type', 'none'),
  each: key(
    word('what it is drawn for', ['auto', 'request', 'connection']).prefault('auto'),
    'what toxicity is drawn for; auto: requests where HTTP is spoken, else connections',
  ),
  first: key(
    count(1, 1e9, 3).nullable().prefault(null),
    'it hits so many, and then no more; null: all',
  ),
  spells: key(
    map('spells', {
      on: key(positiveDuration(), 'how long it is active, on average'),
      off: key(positiveDuration(), 'how long it is not, on average'),
    })
      .nullable()
      .prefault(null),
    'it comes and goes, for all connections together; null: it stays',
  ),
  drawn: readOnly,
  hits: readOnly,
});

const address = (example: string) =>
  z
    .string({ error: wrong('not an address', `write, for example, ${example}`) })
    .transform((written, context): Address => {
      const parsed = parseAddress(written);
      if (parsed !== undefined) return parsed;
      const message = wrong('not an address', `write a host and a port, such as ${example}`);
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

const toxicList = z.array(z.unknown(), { error: wrong('not a list of toxics', 'write [...]') });

const anyMap = z.record(z.string(), z.unknown(), { error: wrong('not a map', 'write {...}') });

const proxyKeys = {
  listen: key(address('127.0.0.1:8080').optional(), 'where callers connect', '127.0.0.1:0'),
  upstream: key(address('127.0.0.1:3000'), 'where the callee is'),
  enabled: key(truth().prefault(true), 'whether it listens'),
  protocol: key(
    word('a protocol', ['auto', 'http', 'tcp']).prefault('auto'),
    'what is spoken; auto: HTTP where a client begins with it, else bytes',
  ),
  toxics: key(toxicList.nullish(), 'up from the first connection on', 'none'),
  connections: readOnly,
};

const proxy = map('a proxy', {
  name: key(text('a name', 'payments'), 'unique'),
  ...proxyKeys,
});

const proxyChange = map('a proxy', {
  ...proxyKeys,
  name: readOnly,
  upstream: proxyKeys.upstream.optional(),
  enabled: truth().optional(),
  protocol: readOnly,
});

/** A proxy as a client, or a file, asks for it. `faults` undefined: nothing is said of them. */
export interface ProxyRequest {
  readonly name: string;
  readonly listen: Address | undefined;
  readonly upstream: Address;
  readonly enabled: boolean;
  readonly protocol: 'auto' | 'http' | 'tcp';
  readonly faults: readonly FaultSettings[] | undefined;
}

/** What is to be another one; undefined stays as it is. */
export interface ProxyChange {
  readonly listen: Address | undefined;
  readonly upstream: Address | undefined;
  readonly enabled: boolean | undefined;
  readonly faults: readonly FaultSettings[] | undefined;
}

/**
 * Reads what a client sent, or a file holds: YAML or JSON.
 *
 * @throws ModelError with all that is wrong, and where.
 */
export function readPlan<T>(
  written: string,
  fileName: string,
  read: (reader: PlanReader, root: Located) => T | undefined,
): T {
  const problems = new Problems(new Source(fileName, written));
  const root = parse(problems.source, problems, `what is asked for, such as ${aProxy}`);
  const result = root === undefined ? undefined : read(new PlanReader(root, problems), root);
  problems.throwIfAny();
  return result!;
}

/** Reads parts of one text; what is wrong is collected. */
export class PlanReader {
  readonly #root: Located;
  readonly #problems: Problems;

  constructor(root: Located, problems: Problems) {
    this.#root = root;
    this.#problems = problems;
  }

  /** A list of proxies whose names differ. */
  proxies(): readonly ProxyRequest[] {
    if (this.#root.kind !== 'list') {
      this.#wrong([], 'not a list of proxies', `write ${aProxy}`);
      return [];
    }
    const proxies = this.#root.items.map((_, index) => this.proxy([index]));
    this.#different(proxies, [], 'proxy');
    return proxies.filter((it) => it !== undefined);
  }

  proxy(path: Path = []): ProxyRequest | undefined {
    const it = this.#parsed(proxy, path);
    if (it === undefined) return undefined;
    return { ...it, listen: it.listen, faults: this.#toxics(it.toxics, [...path, 'toxics']) };
  }

  proxyChange(): ProxyChange | undefined {
    const it = this.#parsed(proxyChange, []);
    if (it === undefined) return undefined;
    const { listen, upstream, enabled } = it;
    return { listen, upstream, enabled, faults: this.#toxics(it.toxics, ['toxics']) };
  }

  /** A map, of which nothing else is known yet. */
  map(): Record<string, unknown> | undefined {
    return this.#parsed(anyMap, []);
  }

  /** A list of toxics alone. */
  toxics(): readonly FaultSettings[] {
    const list = this.#parsed(toxicList, []);
    return this.#toxics(list, []) ?? [];
  }

  toxic(path: Path = []): FaultSettings | undefined {
    const it = this.#parsed(toxic, path);
    if (it === undefined) return undefined;
    const effect = this.#parsed(attributes[it.type], [...path, 'attributes'], {});
    if (effect === undefined) return undefined;
    const { each, first, spells, stream, toxicity, type } = it;
    const settings: FaultSettings = {
      name: it.name ?? `${type}_${stream}`,
      direction: stream,
      effect,
      share: toxicity,
      each,
      first: first ?? Infinity,
      spells: spells === null ? undefined : { onMs: spells.on, offMs: spells.off },
    };
    this.#checkEach(settings, path);
    return settings;
  }

  #toxics(list: readonly unknown[] | null | undefined, path: Path) {
    if (list === null || list === undefined) return undefined;
    const faults = list.map((_, index) => this.toxic([...path, index]));
    this.#different(faults, path, 'toxic');
    return faults.filter((it) => it !== undefined);
  }

  #checkEach({ effect: { kind }, each, share, first }: FaultSettings, path: Path): void {
    if (kind === 'slow_close' && each === 'request') {
      this.#wrong([...path, 'each'], 'requests are not closed', 'write connection');
    }
    if (kind === 'http_status' && each === 'connection') {
      this.#wrong([...path, 'each'], 'connections have no status', 'write request');
    }
    if (kind !== 'refuse') return;
    const instead = 'write reset_peer for some of the connections';
    if (share < 1) this.#wrong([...path, 'toxicity'], 'refuse is all or nothing', instead);
    if (first < Infinity) this.#wrong([...path, 'first'], 'refuse is all or nothing', instead);
  }

  #different(
    all: readonly ({ readonly name: string } | undefined)[],
    path: Path,
    what: string,
  ): void {
    const names = new Set<string>();
    for (const [index, one] of all.entries()) {
      if (one === undefined) continue;
      if (names.has(one.name)) {
        this.#wrong([...path, index], `another ${what} is called "${one.name}"`, 'rename one');
      }
      names.add(one.name);
    }
  }

  #parsed<S extends z.ZodType>(schema: S, path: Path, absent?: unknown): z.output<S> | undefined {
    let node: Located | undefined = this.#root;
    for (const step of path) node = node && child(node, step);
    const plain = node === undefined ? absent : toPlain(node);
    const result = schema.safeParse(plain === null && absent !== undefined ? absent : plain);
    if (result.success) return result.data;
    addIssues(result.error.issues, { root: this.#root, path, schema }, this.#problems);
    return undefined;
  }

  #wrong(path: Path, message: string, expected: string): void {
    this.#problems.atValue(this.#root, path, message, expected);
  }
}
