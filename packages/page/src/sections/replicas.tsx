import { computed } from '@preact/signals';
import { useCallback } from 'preact/hooks';

import { drawStrip, stripHeight } from '../chart/strip.ts';
import { Surface } from '../chart/surface.tsx';
import { Twin } from '../chart/twin.tsx';
import { valueText } from '../chart/units.ts';
import { type Replicas, replicasOf } from '../data/replicas.ts';
import { replicasSentence } from '../data/replicas-sentence.ts';
import { intervalAt } from '../data/series.ts';
import { cursorMs, focus, lengthMs, run, span } from '../state/view.ts';
import { palette } from '../state/theme.ts';
import { text } from '../text/english.ts';

const words = text.replicas;

const replicas = computed(() => {
  return run.value === undefined ? [] : replicasOf(run.value, focus.value, span.value);
});

/** The replicas of services beside each other, where they differ. */
export function ReplicaCharts() {
  return (
    <>
      {replicas.value.map((some) => (
        <ReplicaChart key={some.service} replicas={some} />
      ))}
    </>
  );
}

function ReplicaChart({ replicas: some }: { readonly replicas: Replicas }) {
  const title = words.title(some.service);
  const sentence = replicasSentence(some);
  const paint = useCallback(
    (canvas: HTMLCanvasElement): void => {
      const part = { ...span.value, lengthMs: lengthMs.value, palette: palette.value };
      drawStrip(canvas, some, part);
    },
    [some],
  );
  const anyFailed = some.sums.some(({ failed }) => failed > 0);
  return (
    <figure class="chart wide" id={`replicas-${some.service}`}>
      <figcaption>
        <h3>{title}</h3>
        <ul class="legend">
          <li>
            <i data-tone="accent" />
            {words.scale(valueText('ms', some.fastestMs), valueText('ms', some.slowestMs))}
          </li>
          {anyFailed && (
            <li>
              <i data-tone="bad" />
              {words.failed}
            </li>
          )}
          <Here replicas={some} />
        </ul>
      </figcaption>
      <Surface paint={paint} height={stripHeight(some)} label={`${title}. ${sentence}`} />
      <div class="under">
        <Twin
          title={title}
          head={[words.replica, words.came, words.failedShare, words.time]}
          rows={() =>
            some.sums.map(({ replica, arrivedPerSecond, failed, meanMs }) => ({
              name: words.name(replica + 1),
              cells: [
                valueText('perSecond', arrivedPerSecond),
                valueText('share', failed),
                valueText('ms', meanMs),
              ],
            }))
          }
        />
        <p class="note">{sentence}</p>
      </div>
    </figure>
  );
}

/** As many as can be read at a glance. */
const NAMED_MAX = 4;

/** The slowest ones at the cursor. */
function Here({ replicas: { sums, series, edgesMs } }: { readonly replicas: Replicas }) {
  const ms = cursorMs.value;
  if (ms === undefined) return null;
  const at = intervalAt({ toMs: edgesMs.slice(1) }, ms);
  const times = sums
    .map(({ replica }) => ({ replica, meanMs: series[replica]?.meanMs[at] ?? 0 }))
    .filter(({ meanMs }) => meanMs > 0)
    .toSorted((left, right) => right.meanMs - left.meanMs)
    .slice(0, NAMED_MAX);
  return (
    <li>
      <b>
        {times
          .map(({ replica, meanMs }) => words.at(words.name(replica + 1), valueText('ms', meanMs)))
          .join(' · ')}
      </b>
    </li>
  );
}
