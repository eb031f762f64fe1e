import { describe, expect, it } from 'vitest';

import { nonMonotone, slowingDown, type Trial } from './guards.ts';

function trial(size: number, collapsed: boolean, recoveredAfterMs = 0): Trial {
  return {
    size,
    collapsed,
    ending: {
      collapsed,
      because: collapsed ? 'rising' : 'healthy',
      recoveredAfterMs: collapsed ? undefined : recoveredAfterMs,
      watchedForMs: 120_000,
    },
  };
}

/** So many runs at a size, of which so many collapsed. */
function trials(size: number, collapsed: number, of = 6): readonly Trial[] {
  return Array.from({ length: of }, (_, index) => trial(size, index < collapsed));
}

describe('nonMonotone', () => {
  it('is told where larger sizes tip less often', () => {
    const all = [...trials(1, 0), ...trials(2, 6), ...trials(4, 0)];
    expect(nonMonotone(all)).toEqual({
      smaller: { size: 2, collapsed: 6, of: 6 },
      larger: { size: 4, collapsed: 0, of: 6 },
    });
  });

  it('is no matter of noise', () => {
    expect(nonMonotone([...trials(1, 0), ...trials(2, 4), ...trials(4, 3), ...trials(8, 6)])).toBe(
      undefined,
    );
    expect(nonMonotone([...trials(1, 3), ...trials(2, 1)])).toBe(undefined);
  });

  it('is not told of fewer runs than a comparison takes', () => {
    expect(nonMonotone([...trials(1, 3, 3), ...trials(2, 0, 2)])).toBe(undefined);
  });
});

describe('slowingDown', () => {
  const back = (size: number, afterMs: number): readonly Trial[] =>
    Array.from({ length: 6 }, () => trial(size, false, afterMs));

  it('is where recovery takes more than three times as long', () => {
    expect(slowingDown([...back(1, 5000), ...back(2, 30_000), ...back(3, 110_000)])).toEqual({
      size: 3,
      fromMs: 30_000,
      toMs: 110_000,
    });
  });

  it('is not told of seconds, nor of runs that did not come back', () => {
    expect(slowingDown([...back(1, 1000), ...back(2, 19_000)])).toBe(undefined);
    expect(slowingDown([...back(1, 1000), ...trials(2, 6)])).toBe(undefined);
  });
});
