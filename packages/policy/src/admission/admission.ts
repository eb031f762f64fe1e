import type { AdmissionSettings } from '../call/settings.ts';
import type { Random } from '../random/random.ts';
import { Criticality, levelAt } from './criticality.ts';
import { LevelHistogram } from './level-histogram.ts';

// As DAGOR (Zhou et al., "Overload Control for Scaling WeChat Microservices", SoCC 2018) has them.
/** A window is over after so many tasks, if its time is not: busy doors learn faster. */
const windowTasks = 2000;
/** An overloaded window takes this share off what is admitted. */
const decrease = 0.05;
/** A calm one gives back this share of what is offered. */
const increase = 0.01;

/**
 * Calm windows in a row give back twice as much each: the first after an overload feels its way,
 * the seventh has it all. With equal steps of 1 % the return would take as long as a hundred.
 */
const growth = 2;
/** One window of standstill is no proof that nothing can be admitted: a pause, perhaps. */
const decreaseMax = 0.5;
/** Between calm and overloaded, in targets, nothing moves. */
const calmTargets = 0.5;
/** One task in a hundred that a full queue turns away is an overload, however short the waits. */
const turnedAwayShare = 0.01;
/** A window that took this many intervals was mostly idle: what was before it says nothing. */
const idleIntervals = 10;

/**
 * Admission by criticality: while tasks wait too long before a door, those of the lowest levels are
 * shed there at once, so that the others are served. Queue wait is the sign of overload, because
 * unlike response time it says nothing about slow dependencies behind the door (DAGOR).
 *
 * It is a share of the tasks to shed, moved window by window, and the level below which that share
 * of the tasks of late was. At any moment every level above that is admitted and none below. Told
 * the time and what happens at the door, it answers at once. Of fixed size.
 */
export class Admission {
  private readonly targetMs: number;
  private readonly intervalMs: number;
  private readonly random: Random;
  private readonly levels: LevelHistogram = new LevelHistogram();
  private readonly threshold = { level: 0, admittedShare: 1 };
  /** Of a level that is cut through: what is left of its share from the tasks before. */
  private credit: number = 0;
  private kept: number = 1;
  /** What the next calm window gives back. */
  private step: number = increase;

  // This window.
  private startMs: number;
  private offered: number = 0;
  private begun: number = 0;
  private waits: number = 0;
  private waitSumMs: number = 0;
  private turned: number = 0;
  private waitingMin: number = Infinity;

  /** `random` places the tasks of which no user is known. */
  constructor(settings: AdmissionSettings, random: Random, nowMs: number) {
    this.targetMs = settings.targetMs;
    this.intervalMs = settings.intervalMs;
    this.random = random;
    this.startMs = nowMs;
  }

  /** The share of the tasks that is shed now, 0 to 1. */
  get shedShare(): number {
    return 1 - this.kept;
  }

  /** Every level above it is admitted now, none below. */
  get thresholdLevel(): number {
    return this.threshold.level;
  }

  /**
   * Whether a task may come in. `waiting`: how many wait behind the door now. A level below 0: it
   * is not known.
   */
  admits(level: number, waiting: number, nowMs: number): boolean {
    if (nowMs - this.startMs >= this.intervalMs || this.offered >= windowTasks) {
      this.closeWindow(waiting, nowMs);
    }
    this.offered++;
    if (waiting < this.waitingMin) this.waitingMin = waiting;
    const placed = level < 0 ? levelAt(Criticality.critical, this.random.next()) : level;
    this.levels.add(placed);
    const { threshold } = this;
    if (placed !== threshold.level) return placed > threshold.level;
    this.credit += threshold.admittedShare;
    if (this.credit < 1) return false;
    this.credit -= 1;
    return true;
  }

  /** A task that was admitted begins, after it waited. */
  began(waitMs: number): void {
    this.begun++;
    this.waits++;
    this.waitSumMs += waitMs;
  }

  /** A task that was admitted gives up waiting, or is dropped for its age. */
  gaveUp(waitMs: number): void {
    this.waits++;
    this.waitSumMs += waitMs;
  }

  /** A task that was admitted found the queue full. */
  turnedAway(): void {
    this.turned++;
  }

  /** The process behind the door is a new one: nobody waits, and nothing is known of it. */
  restart(nowMs: number): void {
    this.admitAll();
    this.startWindow(nowMs);
  }

  private closeWindow(waiting: number, nowMs: number): void {
    const elapsedMs = nowMs - this.startMs;
    const waitMs = this.waitMs(elapsedMs);
    if (waiting === 0 && elapsedMs >= idleIntervals * this.intervalMs) this.returnToCalm(1);
    else if (waitMs > this.targetMs || this.turned > turnedAwayShare * this.offered) this.shed();
    else if (waitMs <= calmTargets * this.targetMs) {
      this.returnToCalm(this.step);
    } else this.step = increase;
    this.startWindow(nowMs);
  }

  private startWindow(nowMs: number): void {
    this.startMs = nowMs;
    this.offered = 0;
    this.begun = 0;
    this.waits = 0;
    this.waitSumMs = 0;
    this.turned = 0;
    this.waitingMin = Infinity;
  }

  /**
   * How long tasks waited: of those that are through, the mean; of those that still stand there, by
   * Little's law from the fewest that ever stood in the window. The newest first are served at once
   * while the others stand.
   */
  private waitMs(elapsedMs: number): number {
    const meanMs = this.waits === 0 ? 0 : this.waitSumMs / this.waits;
    if (this.offered === 0 || this.waitingMin === 0) return meanMs;
    return Math.max(meanMs, (this.waitingMin * elapsedMs) / this.begun);
  }

  /** Admits no more than what was served, and a little less, so that the queue drains. */
  private shed(): void {
    this.step = increase;
    // In a window without newcomers those who waited say how it was, and nobody what was served.
    const served = this.offered === 0 ? this.kept : Math.min(this.kept, this.begun / this.offered);
    this.kept = Math.max(this.kept * (1 - decreaseMax), served * (1 - decrease));
    this.levels.cut(1 - this.kept, this.threshold);
  }

  private returnToCalm(by: number): void {
    if (this.kept === 1) return;
    this.step *= growth;
    this.kept = Math.min(1, this.kept + by);
    if (this.kept < 1) this.levels.cut(1 - this.kept, this.threshold);
    else this.admitAll();
  }

  private admitAll(): void {
    this.kept = 1;
    this.step = increase;
    this.threshold.level = 0;
    this.threshold.admittedShare = 1;
  }
}
