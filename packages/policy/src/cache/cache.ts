import { Reason } from '../call/reason.ts';
import { Line } from '../line/line.ts';
import type { Linked } from '../line/line.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';
import type { CacheSettings } from './settings.ts';

/** What the caller asks for. Two calls with the same key can take the same answer. */
export type CacheKey = string | number;

/**
 * What the cache has for a key. `fresh`: an answer. `early`: a fresh answer, and it is time to
 * refresh it. `stale`: an old answer, good enough while it is refreshed. `kept`: an old answer,
 * because the last try for a new one failed just now. `failed`: no answer, and the last try failed
 * just now. `absent`: nothing that may be given.
 */
export type CacheState = 'fresh' | 'early' | 'stale' | 'kept' | 'failed' | 'absent';

/** What is known of one key. */
export interface CacheEntry {
  /** What was asked for. */
  readonly key: CacheKey;
  /** The host's own; the cache never looks at it. */
  readonly value: unknown;
  /** The answer is fresh until then. −Infinity: there is none, only a failure. */
  readonly expiresMs: number;
  /** Why the last try failed, remembered until `failedUntilMs`. */
  readonly failure: Reason;
  /** Until then. −Infinity: it did not fail. */
  readonly failedUntilMs: number;
}

class Entry implements CacheEntry, Linked<Entry> {
  readonly key: CacheKey;
  value: unknown = undefined;
  expiresMs: number = -Infinity;
  /** How long the answer took to get. Undefined: it was there before the cache began to watch. */
  recomputeMs: number | undefined = undefined;
  failure: Reason = Reason.none;
  failedUntilMs: number = -Infinity;
  line: Line<Entry> | undefined = undefined;
  previous: Entry | undefined = undefined;
  next: Entry | undefined = undefined;

  constructor(key: CacheKey) {
    this.key = key;
  }
}

/** −ln of the smallest number that is drawn, 2^−53: XFetch looks so many times d ahead. */
const longestLookAhead = 36.8;

/**
 * The answers of a dependency by key, told the time. It decides what may still be given, not who
 * fetches. One instance may serve one process, or be shared by many as a cache on a server of its
 * own is.
 *
 * Never more than `capacity` keys: the least recently used goes first. An answer is never given
 * beyond its end and the longer of the two windows after it.
 */
export class Cache {
  private settings: CacheSettings;
  private readonly random: Random;
  private readonly analysis: Analysis;
  private readonly entries: Map<CacheKey, Entry> = new Map();
  /** The one used longest ago comes first. */
  private used: Line<Entry> = new Line();
  /** Of the last answer: the best guess for one that nobody saw being fetched. */
  private recomputeMs: number = 0;

  constructor(settings: CacheSettings, random: Random, analysis: Analysis) {
    this.settings = settings;
    this.random = random;
    this.analysis = analysis;
  }

  /** @internal Answers stay until the end that they were given, and are judged by these. */
  reconfigure(settings: CacheSettings): void {
    this.settings = settings;
    this.makeRoom(settings.capacity);
  }

  /** How many keys it knows something of. */
  get size(): number {
    return this.entries.size;
  }

  /** What it knows something of, whether it may still be given or not, in no particular order. */
  keys(): IterableIterator<CacheKey> {
    return this.entries.keys();
  }

  /** What `look` has just found something of. */
  entry(key: CacheKey): CacheEntry | undefined {
    return this.entries.get(key);
  }

  /** Whoever asks uses the key. What may not be given any more is forgotten here. */
  look(key: CacheKey, nowMs: number): CacheState {
    const entry = this.entries.get(key);
    if (entry === undefined) return 'absent';
    this.use(entry);
    const { staleWhileRevalidateMs, staleIfErrorMs } = this.settings;
    const failed = nowMs < entry.failedUntilMs;
    if (nowMs < entry.expiresMs) return !failed && this.isEarly(entry, nowMs) ? 'early' : 'fresh';
    const ageMs = nowMs - entry.expiresMs;
    if (failed) return ageMs < Math.max(staleWhileRevalidateMs, staleIfErrorMs) ? 'kept' : 'failed';
    if (ageMs < staleWhileRevalidateMs) return 'stale';
    if (ageMs >= staleIfErrorMs) this.forget(key);
    return 'absent';
  }

  /** The answer to give when a new one is not to be had. Undefined: there is none that may be. */
  rescue(key: CacheKey, nowMs: number): CacheEntry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    return nowMs - entry.expiresMs < this.settings.staleIfErrorMs ? entry : undefined;
  }

  /**
   * Remembers an answer.
   *
   * @param recomputeMs How long it took to get. Undefined: not known.
   */
  store(key: CacheKey, value: unknown, recomputeMs: number | undefined, nowMs: number): void {
    const entry = this.entries.get(key) ?? this.add(key);
    const { ttlMs, jitter } = this.settings;
    const factor = jitter === 0 ? 1 : 1 + jitter * (2 * this.random.next() - 1);
    entry.value = value;
    entry.expiresMs = nowMs + ttlMs * factor;
    entry.recomputeMs = recomputeMs;
    entry.failedUntilMs = -Infinity;
    if (recomputeMs !== undefined) this.recomputeMs = recomputeMs;
  }

  /** Remembers that the dependency failed, beside the answer that is there, if any. */
  storeFailure(key: CacheKey, reason: Reason, nowMs: number): void {
    const { negativeMs } = this.settings;
    if (negativeMs <= 0) return;
    const entry = this.entries.get(key) ?? this.add(key);
    entry.failure = reason;
    entry.failedUntilMs = nowMs + negativeMs;
  }

  /** Knows nothing of this key any more. */
  forget(key: CacheKey): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.used.remove(entry);
  }

  /** Knows nothing any more. */
  clear(): void {
    this.entries.clear();
    this.used = new Line();
  }

  /** Draws only where the answer is near enough its end. */
  private isEarly(entry: Entry, nowMs: number): boolean {
    const scaleMs = this.settings.early * (entry.recomputeMs ?? this.recomputeMs);
    if (nowMs + scaleMs * longestLookAhead < entry.expiresMs) return false;
    // 1 − u instead of u: no logarithm of 0.
    return nowMs - scaleMs * this.analysis.log(1 - this.random.next()) >= entry.expiresMs;
  }

  private use(entry: Entry): void {
    if (entry === this.used.last) return;
    this.used.remove(entry);
    this.used.add(entry);
  }

  private add(key: CacheKey): Entry {
    this.makeRoom(this.settings.capacity - 1);
    const entry = new Entry(key);
    this.entries.set(key, entry);
    this.used.add(entry);
    return entry;
  }

  private makeRoom(most: number): void {
    while (this.entries.size > most) this.forget(this.used.first!.key);
  }
}
