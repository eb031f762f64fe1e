import { doubleZero } from './double-zero.ts';

/** A number that goes up and down, with its mean over time and its maximum since the last flush. */
export class Level {
  value = 0;
  max = 0;
  private newArea: number = doubleZero;
  private sinceNs: number = doubleZero;
  /** What has been flushed. */
  private flushedArea: number = doubleZero;

  change(by: number, nowNs: number): void {
    this.newArea += this.value * (nowNs - this.sinceNs);
    this.sinceNs = nowNs;
    this.value += by;
    if (this.value > this.max) this.max = this.value;
  }

  /** The area under it since the beginning, in nanoseconds. */
  area(nowNs: number): number {
    return this.flushedArea + this.newArea + this.value * (nowNs - this.sinceNs);
  }

  /** The mean since `fromNs`, the time of the flush before. */
  flush(fromNs: number, nowNs: number): number {
    this.change(0, nowNs);
    const mean = nowNs > fromNs ? this.newArea / (nowNs - fromNs) : this.value;
    this.flushedArea += this.newArea;
    this.newArea = 0;
    this.max = this.value;
    return mean;
  }
}
