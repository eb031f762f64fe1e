import { secondsOf } from '../data/series.ts';
import { type PageRun, rateText } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { WIDEST } from './edge-view.tsx';
import { type Graph, messagesOf, type Publishing } from './graph.ts';

/** A dot that is smaller than this is not seen. */
const LEAST = 2.5;

/** Messages on their way into a queue: dots, for nobody waits for what becomes of them. */
export function PublishView(props: {
  readonly run: PageRun;
  readonly graph: Graph;
  readonly publishing: Publishing;
  readonly path: string | undefined;
  readonly at: number;
  readonly dim: boolean;
}) {
  const { run, graph, publishing, path, at, dim } = props;
  const { from, to, series, publisher } = publishing;
  const rate = (messagesOf(series, publisher)[at] ?? 0) / secondsOf(run, at);
  const refused = (series.numbers['refused']?.[at] ?? 0) / secondsOf(run, at);
  const width = Math.max(LEAST, (rate * WIDEST) / Math.max(1e-9, graph.mostPerSecond));
  return (
    <g class="publishing" data-dim={dim}>
      <title>
        {text.topology.publishes(from, to, rateText(rate))}
        {refused > 0 && `, ${text.topology.refused(rateText(refused))}`}
      </title>
      {rate === 0 ? (
        <path class="idle" d={path} />
      ) : (
        <path
          class="messages"
          d={path}
          stroke-width={width}
          stroke-dasharray={`0 ${width * 2}`}
          data-full={refused > 0}
        />
      )}
    </g>
  );
}
