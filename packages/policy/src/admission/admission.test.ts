import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { Admission } from './admission.ts';
import { Criticality, levelAt, unknownLevel } from './criticality.ts';

const settings = { targetMs: 20, intervalMs: 1000 };

interface Second {
  readonly critical: number;
  readonly sheddable: number;
  readonly begun: number;
  readonly waitMs: number;
  readonly waiting: number;
}

/** A door to which tasks come by the second, spread over the users of their class. */
class Door {
  readonly admission: Admission = new Admission(settings, stream(1, 'door', 'users'), 0);
  nowMs: number = 0;

  /** How many of each class were admitted. */
  second({ critical, sheddable, begun, waitMs, waiting }: Second): [number, number] {
    this.nowMs += 1000;
    const admitted = (of: Criticality, count: number): number => {
      let sum = 0;
      for (let task = 0; task < count; task++) {
        const level = levelAt(of, task / count);
        if (this.admission.admits(level, waiting, this.nowMs)) sum++;
      }
      return sum;
    };
    const answer: [number, number] = [
      admitted(Criticality.critical, critical),
      admitted(Criticality.sheddable, sheddable),
    ];
    for (let task = 0; task < begun; task++) this.admission.began(waitMs);
    return answer;
  }
}

const overload: Second = { critical: 100, sheddable: 900, begun: 600, waitMs: 200, waiting: 9 };
const calm: Second = { critical: 100, sheddable: 900, begun: 1000, waitMs: 1, waiting: 0 };

describe('admission', () => {
  it('comes down to a little less than was served, and sheds the lowest class for it', () => {
    const door = new Door();
    expect(door.second(overload)).toEqual([100, 900]);
    const [critical, sheddable] = door.second(overload);
    // 600 of 1,000 were served: 570 are let in.
    expect([critical, door.admission.shedShare.toFixed(3)]).toEqual([100, '0.430']);
    expect(sheddable).toBeGreaterThanOrEqual(465);
    expect(sheddable).toBeLessThanOrEqual(475);
  });

  it('takes twice as much back with each calm second', () => {
    const door = new Door();
    door.second(overload);
    const kept = [calm, calm, calm, calm].map((second) => {
      door.second(second);
      return Number((1 - door.admission.shedShare).toFixed(3));
    });
    expect(kept).toEqual([0.57, 0.58, 0.6, 0.64]);
  });

  it('does not move between half the target and the target', () => {
    const door = new Door();
    door.second(overload);
    door.second({ ...calm, waitMs: 15 });
    door.second({ ...calm, waitMs: 15 });
    expect(door.admission.shedShare).toBeCloseTo(0.43);
  });

  it('at most halves what it lets in at a door where nothing goes on', () => {
    const door = new Door();
    door.second({ ...overload, begun: 0 });
    door.second({ ...overload, begun: 0 });
    expect(door.admission.shedShare).toBe(0.5);
  });

  it('sees a queue that stands behind others that are served at once', () => {
    const door = new Door();
    // Newest first: 600 a second go through without a wait, and 50 never come up: 83 ms by Little.
    const lifo = { ...overload, waitMs: 0, waiting: 50 };
    door.second(lifo);
    door.second(lifo);
    expect(door.admission.shedShare).toBeCloseTo(0.43);
  });

  it('sheds when a short queue turns tasks away, although nobody waits long', () => {
    const door = new Door();
    door.second({ ...calm, begun: 980 });
    for (let task = 0; task < 20; task++) door.admission.turnedAway();
    door.second(calm);
    expect(door.admission.shedShare).toBeGreaterThan(0.05);
  });

  it('knows nothing of what was before an idle time', () => {
    const door = new Door();
    door.second(overload);
    door.second(overload);
    door.nowMs += 9000;
    expect(door.second(calm)).toEqual([100, 900]);
    expect(door.admission.shedShare).toBe(0);
  });

  it('begins anew with a new process', () => {
    const door = new Door();
    door.second(overload);
    door.second(overload);
    door.admission.restart(door.nowMs);
    expect(door.admission.shedShare).toBe(0);
    expect(door.second(calm)).toEqual([100, 900]);
  });

  it('judges a window early after 2,000 tasks', () => {
    const door = new Door();
    for (let task = 0; task < 2000; task++) door.admission.admits(0, 100, 1);
    for (let task = 0; task < 100; task++) door.admission.began(100);
    expect(door.admission.admits(0, 100, 2)).toBe(false);
  });

  it('sheds a few of the tasks of unknown users, and not all or none of them', () => {
    const door = new Door();
    door.second({ ...overload, critical: 1000, sheddable: 0 });
    let admitted = 0;
    for (let task = 0; task < 1000; task++) {
      if (door.admission.admits(unknownLevel, 9, door.nowMs + 1000)) admitted++;
    }
    expect(admitted).toBeGreaterThan(550);
    expect(admitted).toBeLessThan(590);
  });
});
