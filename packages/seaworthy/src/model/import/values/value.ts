import type { Located, LocatedEntry, LocatedMap } from '../../source/located.ts';
import type { Source } from '../../source/source.ts';
import type { FileOrigin, Setting } from '../landscape.ts';

/** A value of a file that knows where it stands. A key that is missing has no value. */
export class Value {
  readonly located: Located;
  readonly source: Source;

  constructor(located: Located, source: Source) {
    this.located = located;
    this.source = source;
  }

  /** Where it stands. */
  get origin(): FileOrigin {
    const { line, column } = this.source.position(this.located.at.offset);
    return { kind: 'file', file: this.source.fileName, line, column };
  }

  /** Under these keys, one in the other. Nothing there, or null: undefined. */
  get(...path: readonly (string | number)[]): Value | undefined {
    let at: Located | undefined = this.located;
    let source = this.source;
    for (const step of path) {
      if (at.kind === 'map') at = entriesOf(at).get(String(step))?.value;
      else at = at.kind === 'list' ? at.items[Number(step)] : undefined;
      if (at === undefined) return undefined;
      source = at.source ?? source;
    }
    return isNull(at) ? undefined : new Value(at, source);
  }

  /** Whether the key is there, be its value null. */
  has(key: string): boolean {
    return this.located.kind === 'map' && entriesOf(this.located).has(key);
  }

  get isMap(): boolean {
    return this.located.kind === 'map';
  }

  get isList(): boolean {
    return this.located.kind === 'list';
  }

  /** Of a list; of anything else none. */
  get items(): readonly Value[] {
    if (this.located.kind !== 'list') return [];
    return this.located.items.map((item) => new Value(item, item.source ?? this.source));
  }

  /** Of a map; of anything else none. */
  get entries(): readonly (readonly [key: string, value: Value])[] {
    if (this.located.kind !== 'map') return [];
    return [...entriesOf(this.located)].map(([key, entry]) => [
      key,
      new Value(entry.value, entry.value.source ?? this.source),
    ]);
  }

  /** As written. */
  get text(): string | undefined {
    const { located } = this;
    if (located.kind !== 'scalar') return undefined;
    return typeof located.value === 'string' ? located.value : located.text;
  }

  get number(): number | undefined {
    const { located } = this;
    if (located.kind !== 'scalar') return undefined;
    if (typeof located.value === 'number') return located.value;
    if (typeof located.value !== 'string' || located.value.trim() === '') return undefined;
    const number = Number(located.value);
    return Number.isFinite(number) ? number : undefined;
  }

  get truth(): boolean | undefined {
    if (this.located.kind !== 'scalar') return undefined;
    const word = String(this.located.value).toLowerCase();
    return word === 'true' ? true : word === 'false' ? false : undefined;
  }

  /** A setting from what it says, or undefined where that is not understood. */
  as<T>(read: (value: Value) => T | undefined): Setting<T> | undefined {
    const value = read(this);
    return value === undefined ? undefined : { value, origin: this.origin };
  }
}

/** The text at the end of a path, with its origin. */
export function textAt(value: Value | undefined, ...path: string[]): Setting<string> | undefined {
  return value?.get(...path)?.as((it) => it.text);
}

/** The number at the end of a path, with its origin. */
export function numberAt(value: Value | undefined, ...path: string[]): Setting<number> | undefined {
  return value?.get(...path)?.as((it) => it.number);
}

/** The truth value at the end of a path, with its origin. */
export function truthAt(value: Value | undefined, ...path: string[]): Setting<boolean> | undefined {
  return value?.get(...path)?.as((it) => it.truth);
}

/** A list of texts, or one text as a list of one. */
export function textsAt(
  value: Value | undefined,
  ...path: string[]
): Setting<readonly string[]> | undefined {
  return value?.get(...path)?.as((it) => {
    if (it.isList) return it.items.map((item) => item.text ?? '');
    return it.text === undefined ? undefined : [it.text];
  });
}

function isNull(located: Located): boolean {
  return located.kind === 'scalar' && located.value === null;
}

/** With the maps that `<<` merges in: what stands in the map itself wins. */
function entriesOf(map: LocatedMap): ReadonlyMap<string, LocatedEntry> {
  const merge = map.entries.get('<<')?.value;
  if (merge === undefined) return map.entries;
  const sources = merge.kind === 'list' ? merge.items : [merge];
  const entries = new Map<string, LocatedEntry>();
  for (const source of sources) {
    if (source.kind !== 'map') continue;
    for (const [key, entry] of entriesOf(source)) if (!entries.has(key)) entries.set(key, entry);
  }
  for (const [key, entry] of map.entries) if (key !== '<<') entries.set(key, entry);
  return entries;
}
