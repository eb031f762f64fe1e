import type { PageRun } from './seaworthy.ts';
import { Charts } from './sections/charts.tsx';
import { ComparisonTable } from './sections/comparison.tsx';
import { DropZone } from './sections/drop-zone.tsx';
import { Edges } from './sections/edges.tsx';
import { Findings } from './sections/findings.tsx';
import { LimitsView } from './sections/limits.tsx';
import { Objectives } from './sections/objectives.tsx';
import { awaited } from './host/live.ts';
import { Responses } from './sections/responses.tsx';
import { Requests } from './sections/requests.tsx';
import { Provenance } from './sections/provenance.tsx';
import { Timeline } from './sections/timeline.tsx';
import { Topology } from './sections/topology.tsx';
import { VerdictBar } from './sections/verdict-bar.tsx';
import { announcement } from './state/announce.ts';
import { other, run, settled, shown, waiting } from './state/view.ts';
import { text } from './text/english.ts';

/** The page: the verdict first, then ever deeper. */
export function App() {
  const current = run.value;
  const beside = other.value;
  const limits = shown.value?.limits;
  if (current === undefined && limits !== undefined) {
    return (
      <main>
        <LimitsView limits={limits} />
      </main>
    );
  }
  if (current === undefined) {
    if (!waiting.value) return <DropZone />;
    return (
      <p class="loading" role="status">
        {awaited.value.length > 0 ? text.awaited(awaited.value.join(', ')) : text.loading}
      </p>
    );
  }
  return (
    <>
      <VerdictBar run={current} other={beside} />
      <Timeline run={current} />
      <main>
        <Objectives run={current} other={beside} />
        <Findings run={current} />
        {settled.value && <Below run={current} other={beside} />}
      </main>
      <p class="unseen" role="status">
        {announcement}
      </p>
    </>
  );
}

/** What one scrolls down to: drawn once the top has been seen. */
function Below(props: { readonly run: PageRun; readonly other: PageRun | undefined }) {
  const { run: current, other: beside } = props;
  const limits = shown.value?.limits;
  return (
    <>
      <Topology run={current} />
      <Charts run={current} />
      <Responses />
      <Edges run={current} />
      <Requests run={current} />
      {beside !== undefined && <ComparisonTable run={current} other={beside} />}
      <Provenance run={current} />
      {limits !== undefined && <LimitsView limits={limits} />}
    </>
  );
}
