import type { Verdict } from '../../judge/verdict.ts';
import { Unreadable } from '../../model/measure.ts';
import { parseObjective } from '../../model/objective.ts';
import type { RunHeader } from '../../signals/run.ts';
import type { ObjectiveLine } from './page-run.ts';

/** The objectives of a verdict that are a line in some chart: `web p99 < 500ms`. */
export function linesOf(header: RunHeader, verdict: Verdict | undefined): readonly ObjectiveLine[] {
  const { services, sources, queues, rows, edges } = header;
  const subjects = {
    services,
    sources,
    queues,
    rows,
    edges,
    // Which classes there are is not known here, and one of them is as good as another.
    classesOf: () => [0.25, 0.25, 0.25, 0.25],
    edgeIndex: (name: string) => edges.indexOf(name),
  };
  return (verdict?.objectives ?? []).flatMap(({ text }, objective): ObjectiveLine[] => {
    try {
      const { subject, measure, comparison, required } = parseObjective(text, subjects);
      if (subject.kind === 'system') return [];
      const names = { service: services, source: sources, queue: queues, rows, edge: edges };
      const name = names[subject.kind][subject.index];
      if (name === undefined) return [];
      const below = comparison.startsWith('<');
      return [{ objective, subject: name, measure, required, below }];
    } catch (error) {
      // One that another version wrote is shown as it stands, without its line.
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
}
