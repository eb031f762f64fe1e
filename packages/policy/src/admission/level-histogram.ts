import { levelCount } from './criticality.ts';

/**
 * So many tasks tell how levels are spread (as the prioritizer of failsafe-go has it). Beyond twice
 * that, all counts are halved: old ones fade.
 */
const remembered = 1000;

/** Where a share of the tasks, the lowest first, ends. */
export interface Threshold {
  /** Levels below it are shed, levels above it admitted. */
  level: number;
  /** The share of the tasks of that level itself that is admitted, above 0 to 1. */
  admittedShare: number;
}

/** How the levels of the tasks of late are spread. Of fixed size. */
export class LevelHistogram {
  private readonly counts: Float64Array = new Float64Array(levelCount);
  private total: number = 0;

  add(level: number): void {
    this.counts[level]! += 1;
    this.total++;
    if (this.total >= 2 * remembered) this.halve();
  }

  /**
   * Below which level this share of the tasks is, 0 to 1. A level that many tasks share is cut
   * through: one large user must not make it all or nothing.
   */
  cut(share: number, threshold: Threshold): void {
    const cutOff = share * this.total;
    let below = 0;
    for (let level = 0; level < levelCount; level++) {
      const here = this.counts[level]!;
      if (below + here > cutOff) {
        threshold.level = level;
        threshold.admittedShare = (below + here - cutOff) / here;
        return;
      }
      below += here;
    }
    threshold.level = levelCount;
    threshold.admittedShare = 1;
  }

  private halve(): void {
    for (let level = 0; level < levelCount; level++) this.counts[level]! /= 2;
    this.total /= 2;
  }
}
