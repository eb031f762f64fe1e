import type { Scenario } from '../../model/model.ts';

/** What a scenario does and when, in order of time, for whoever watches it run. */
export function momentsOf(
  scenario: Scenario | undefined,
): readonly { readonly atMs: number; readonly text: string }[] {
  const faults = scenario?.faults ?? [];
  const moments = faults.flatMap(({ atMs, forMs, text }) => {
    const began = { atMs, text: `began: ${text}` };
    return forMs === Infinity ? [began] : [began, { atMs: atMs + forMs, text: `ended: ${text}` }];
  });
  return moments.toSorted((a, b) => a.atMs - b.atMs);
}
