import type { Reason } from '../call/reason.ts';
import type { ThrottleSettings } from '../call/settings.ts';
import type { Random } from '../random/random.ts';
import { BucketRing } from '../time/bucket-ring.ts';

/** The window is kept in this many buckets; one expires at a time. */
const bucketCount = 10;
const msPerSecond = 1000;

const requests = 0;
const sent = 1;
const refused = 2;
const seriesCount = 3;

/**
 * Adaptive throttling at the client (Beyer et al., "Site Reliability Engineering", 2016, chapter
 * 21): a dependency that refuses for overload pays for each refusal, so what it would refuse anyway
 * is not sent. An attempt is held back with probability
 *
 *     max(0, (requests − k × accepts) / (requests + 1))
 *
 * where `requests` are the attempts of the window that were wanted, those held back included, and
 * `accepts` those that were sent and not refused. So about k × accepts are sent, and the dependency
 * accepts what it can.
 *
 * An attempt counts when it starts, and as accepted until its answer is a refusal: one that still
 * runs is neither invisible nor held against the dependency. At most `shareMax` is held back, or
 * nobody would notice that the dependency is well again (as in Finagle).
 */
export class Throttle {
  private readonly k: number;
  private readonly shareMax: number;
  private readonly fewestRequests: number;
  private readonly refusals: ReadonlySet<Reason>;
  private readonly random: Random;
  private readonly ring: BucketRing;

  constructor(settings: ThrottleSettings, random: Random) {
    this.k = settings.k;
    this.shareMax = settings.shareMax;
    this.fewestRequests = (settings.minimumPerSecond * settings.withinMs) / msPerSecond;
    this.refusals = settings.on;
    this.random = random;
    this.ring = new BucketRing(settings.withinMs / bucketCount, bucketCount, seriesCount);
  }

  /** Whether an attempt that is wanted now is held back. True: it has been counted. */
  rejects(nowMs: number): boolean {
    const share = this.rejectShare(nowMs);
    // No dice while all is well: a throttle that does nothing moves nothing else.
    if (share === 0 || this.random.next() >= share) return false;
    this.ring.add(requests);
    return true;
  }

  /** The share of attempts that is held back now, 0 to `shareMax`. */
  rejectShare(nowMs: number): number {
    const { ring } = this;
    ring.advance(nowMs);
    const wanted = ring.total(requests);
    if (wanted < this.fewestRequests) return 0;
    // Below zero: the attempts that were refused just now have left the window already.
    const accepts = Math.max(0, ring.total(sent) - ring.total(refused));
    const share = (wanted - this.k * accepts) / (wanted + 1);
    return Math.min(this.shareMax, Math.max(0, share));
  }

  /** An attempt is sent. */
  started(nowMs: number): void {
    this.ring.advance(nowMs);
    this.ring.add(requests);
    this.ring.add(sent);
  }

  /** One that was sent failed. */
  failed(reason: Reason, nowMs: number): void {
    if (!this.refusals.has(reason)) return;
    this.ring.advance(nowMs);
    this.ring.add(refused);
  }
}
