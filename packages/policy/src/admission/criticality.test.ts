import { describe, expect, it } from 'vitest';
import {
  Criticality,
  criticalityNames,
  criticalityOf,
  levelAt,
  levelCount,
  levelOf,
  unknownLevel,
} from './criticality.ts';

const classes = Object.values(Criticality);

describe('levels', () => {
  it('keep the classes apart, and the more critical above', () => {
    for (const one of classes) {
      for (const level of [levelAt(one, 0), levelAt(one, 0.999), levelOf(one, 'ada')]) {
        expect(criticalityOf(level)).toBe(one);
      }
    }
    expect(levelAt(Criticality.criticalPlus, 0.9999)).toBe(levelCount - 1);
    expect(criticalityNames.length).toBe(classes.length);
    expect(criticalityOf(unknownLevel)).toBe(Criticality.critical);
  });

  it('are the same for a user each time, and others in the next epoch', () => {
    const users = Array.from({ length: 100 }, (_, user) => user);
    const before = users.map((user) => levelOf(Criticality.critical, user));
    expect(users.map((user) => levelOf(Criticality.critical, user))).toEqual(before);
    const moved = users.filter((user) => levelOf(Criticality.critical, user, 1) !== before[user]);
    expect(moved.length).toBeGreaterThan(90);
  });

  it.each(['numbers', 'names'])('spread %s evenly over the class', (kind) => {
    const counts = new Float64Array(128);
    for (let user = 0; user < 128_000; user++) {
      const level = levelOf(Criticality.sheddable, kind === 'names' ? `user-${user}` : user);
      counts[level]!++;
    }
    // Chi-square with 127 degrees of freedom: 181 is passed by one in a thousand.
    const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(181);
  });
});
