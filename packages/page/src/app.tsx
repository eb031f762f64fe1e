import { Charts } from './sections/charts.tsx';
import { Edges } from './sections/edges.tsx';
import { Findings } from './sections/findings.tsx';
import { Objectives } from './sections/objectives.tsx';
import { Timeline } from './sections/timeline.tsx';
import { VerdictBar } from './sections/verdict-bar.tsx';
import { announcement } from './state/announce.ts';
import { run } from './state/view.ts';
import { text } from './text/english.ts';

/** The page: the verdict first, then ever deeper. */
export function App() {
  const current = run.value;
  if (current === undefined) return <p class="loading">{text.loading}</p>;
  return (
    <>
      <VerdictBar run={current} />
      <Timeline run={current} />
      <main>
        <Objectives run={current} />
        <Findings run={current} />
        <Charts run={current} />
        <Edges run={current} />
      </main>
      <p class="unseen" role="status">
        {announcement}
      </p>
    </>
  );
}
