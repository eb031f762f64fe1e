/** One key with its value. The container's own; read `key` and `value` only. */
export interface Keyed<Key, Value> {
  readonly key: Key;
  value: Value;
}

class Entry<Key, Value> implements Keyed<Key, Value> {
  readonly key: Key;
  value: Value;
  usedMs: number;
  /** How many hold it: while it is more than 0 it stands in no line, and cannot be evicted. */
  holders: number = 0;
  /** Towards the ones that were used later, and earlier. */
  newer: Entry<Key, Value> | undefined = undefined;
  older: Entry<Key, Value> | undefined = undefined;

  constructor(key: Key, value: Value, nowMs: number) {
    this.key = key;
    this.value = value;
    this.usedMs = nowMs;
  }
}

/** How much a {@link KeyedStates} keeps, and for how long. */
export interface KeyedSettings {
  /** Keys at most, at least 1. */
  readonly capacity: number;
  /** A key that nobody used for this long is forgotten, in milliseconds. Infinity: never. */
  readonly idleMs: number;
}

/**
 * State by key (a breaker a host, a budget a tenant, a cached value) that stays bounded whatever
 * keys come: the one that was not used for longest goes first, and all go that nobody used for a
 * while. What is held is in use and stays: a breaker with calls in flight, a value that is being
 * fetched. Where all there is room for is held, a new key is refused, and the bound holds.
 *
 * Every operation takes constant time, but that those which find keys idle forget them all at once.
 */
export class KeyedStates<Key, Value> {
  /** How many keys were forgotten for room, and for being idle. */
  evicted: number = 0;
  expired: number = 0;
  private capacity: number;
  private readonly idleMs: number;
  private readonly entries: Map<Key, Entry<Key, Value>> = new Map();
  /** The line of those that nobody holds, in the order of use. */
  private newest: Entry<Key, Value> | undefined = undefined;
  private oldest: Entry<Key, Value> | undefined = undefined;

  constructor({ capacity, idleMs }: KeyedSettings) {
    this.capacity = capacity;
    this.idleMs = idleMs;
  }

  /** More or fewer keys at most: those too many are forgotten, as far as nobody holds them. */
  resize(capacity: number): void {
    this.capacity = capacity;
    while (this.entries.size > capacity && this.oldest !== undefined) {
      this.evicted++;
      this.drop(this.oldest);
    }
  }

  /** How many keys there are; those included that are idle and not yet forgotten. */
  get size(): number {
    return this.entries.size;
  }

  /** In no particular order; those included that are idle and not yet forgotten. */
  keys(): IterableIterator<Key> {
    return this.entries.keys();
  }

  /** The state of a key, idle or not, without using it. */
  peek(key: Key): Value | undefined {
    return this.entries.get(key)?.value;
  }

  /** The state of a key, which counts as used now. Undefined: there is none. */
  use(key: Key, nowMs: number): Keyed<Key, Value> | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.holders === 0) {
      if (this.isIdle(entry, nowMs)) {
        this.forgetIdle(nowMs);
        return undefined;
      }
      if (entry !== this.newest) {
        this.leave(entry);
        this.join(entry);
      }
    }
    entry.usedMs = nowMs;
    return entry;
  }

  /** Puts the state of a key that has none. Undefined: all there is room for is held. */
  add(key: Key, value: Value, nowMs: number): Keyed<Key, Value> | undefined {
    this.forgetIdle(nowMs);
    if (this.entries.has(key)) throw new Error('a key is added that has a state');
    if (this.entries.size >= this.capacity) {
      if (this.oldest === undefined) return undefined;
      this.evicted++;
      this.drop(this.oldest);
    }
    const entry = new Entry(key, value, nowMs);
    this.entries.set(key, entry);
    this.join(entry);
    return entry;
  }

  /** It is in use until released as often as held. Only what `use` or `add` has just answered. */
  hold(keyed: Keyed<Key, Value>): void {
    const entry = keyed as Entry<Key, Value>;
    if (entry.holders === 0) this.leave(entry);
    entry.holders++;
  }

  release(keyed: Keyed<Key, Value>, nowMs: number): void {
    const entry = keyed as Entry<Key, Value>;
    if (entry.holders === 0) throw new Error('a key is released that nobody holds');
    entry.holders--;
    entry.usedMs = nowMs;
    if (entry.holders === 0 && this.entries.get(entry.key) === entry) this.join(entry);
  }

  /** Forgets a key, whoever holds it. */
  remove(key: Key): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) this.drop(entry);
  }

  /** Forgets all keys, whoever holds them. */
  clear(): void {
    this.entries.clear();
    this.newest = undefined;
    this.oldest = undefined;
  }

  private forgetIdle(nowMs: number): void {
    // The line is in the order of use, so that the idle ones are at its end.
    for (let entry = this.oldest; entry !== undefined; entry = this.oldest) {
      if (!this.isIdle(entry, nowMs)) return;
      this.expired++;
      this.drop(entry);
    }
  }

  private isIdle(entry: Entry<Key, Value>, nowMs: number): boolean {
    return nowMs - entry.usedMs >= this.idleMs;
  }

  private drop(entry: Entry<Key, Value>): void {
    this.entries.delete(entry.key);
    if (entry.holders === 0) this.leave(entry);
  }

  private join(entry: Entry<Key, Value>): void {
    entry.older = this.newest;
    entry.newer = undefined;
    if (this.newest === undefined) this.oldest = entry;
    else this.newest.newer = entry;
    this.newest = entry;
  }

  private leave(entry: Entry<Key, Value>): void {
    const { newer, older } = entry;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    entry.newer = undefined;
    entry.older = undefined;
  }
}
