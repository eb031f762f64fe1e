import { signal } from '@preact/signals';

import { type SegmentKind, type Waterfall, waterfallOf } from '../data/waterfall.ts';
import { durationText, type FollowedTask, momentText, type PageRun } from '../seaworthy.ts';
import { cursorMs, pinned, span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

const words = text.requests;

const whys = ['failed', 'slowest', 'typical'] as const;

/** The task that is looked at; undefined: the one that took longest. */
const looked = signal<FollowedTask | undefined>(undefined);

/** Single tasks from end to end: where each of them spent its time. */
export function Requests({ run }: { readonly run: PageRun }) {
  if (run.tasks.length === 0) return null;
  const { fromMs, toMs } = span.value;
  const tasks = run.tasks
    .filter(({ call }) => call.startMs >= fromMs && call.startMs <= toMs)
    .toSorted((left, right) => tookMs(right.call) - tookMs(left.call));
  const chosen = tasks.find((task) => task === looked.value) ?? tasks[0];
  return (
    <Section id="requests" title={text.sections.requests}>
      {chosen === undefined ? (
        <p class="empty">{words.none}</p>
      ) : (
        <div class="requests">
          <div class="examples">
            {whys.map((why) => (
              <Examples key={why} why={why} tasks={tasks} chosen={chosen} />
            ))}
          </div>
          <Picture run={run} task={chosen} />
        </div>
      )}
      <p class="note">{words.note}</p>
    </Section>
  );
}

function Examples(props: {
  readonly why: FollowedTask['why'];
  readonly tasks: readonly FollowedTask[];
  readonly chosen: FollowedTask;
}) {
  const { why, chosen } = props;
  const tasks = props.tasks.filter((task) => task.why === why);
  if (tasks.length === 0) return null;
  return (
    <div role="group" aria-label={words.why[why]}>
      <h3>{words.why[why]}</h3>
      <ul>
        {tasks.map((task, index) => (
          <li key={index}>
            <Example task={task} isChosen={task === chosen} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Example({ task, isChosen }: { readonly task: FollowedTask; readonly isChosen: boolean }) {
  const { call } = task;
  const look = (): void => {
    looked.value = task;
    cursorMs.value = call.startMs;
    pinned.value = true;
  };
  const sign = text.sign[call.outcome === 'failed' ? 'fail' : 'pass'];
  const began = momentText(roundedMs(call.startMs));
  return (
    <button type="button" aria-pressed={isChosen} onClick={look}>
      {words.choose(sign, tookText(call), began)}
    </button>
  );
}

/** A table, so that it is read aloud as one; its bars are for the eye. */
function Picture({ run, task }: { readonly run: PageRun; readonly task: FollowedTask }) {
  const waterfall = waterfallOf(run, task);
  const { call } = task;
  const outcome = words.outcome[call.outcome];
  const ended = call.reason === 'none' ? outcome : words.because(outcome, call.reason);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-labelledby="requests-title">
      <table class="waterfall">
        <caption>
          <span>
            {words.began(momentText(roundedMs(call.startMs)), tookText(call), ended)}{' '}
            {task.left > 0 && words.left(task.left)}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <td class="bars">
              <Legend waterfall={waterfall} />
            </td>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.took}</th>
            <th scope="col">{words.ended}</th>
          </tr>
        </thead>
        <tbody>
          {waterfall.rows.map((row, index) => (
            <tr key={index} data-failed={row.failed}>
              <th scope="row" style={{ paddingLeft: `${row.depth * INDENT}px` }}>
                {row.name}
              </th>
              <td class="bars" aria-hidden="true">
                <Bars waterfall={waterfall} index={index} />
              </td>
              <td>{durationText(row.fromMs - call.startMs)}</td>
              <td>{tookText({ startMs: row.fromMs, endMs: row.toMs })}</td>
              <td class="ended">{row.ended}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const INDENT = 14;

function Bars({ waterfall, index }: { readonly waterfall: Waterfall; readonly index: number }) {
  const { rows, fromMs, toMs } = waterfall;
  const row = rows[index]!;
  const share = (ms: number): number =>
    Math.max(0, Math.min(1, (ms - fromMs) / (toMs - fromMs))) * 1000;
  return (
    <svg viewBox="0 0 1000 16" preserveAspectRatio="none">
      <rect
        class="whole"
        x={share(row.fromMs)}
        y={7.5}
        width={Math.max(1, share(row.toMs ?? toMs) - share(row.fromMs))}
        height={1}
      />
      {row.segments
        .filter(({ fromMs: beginMs }) => beginMs < toMs)
        .map((segment, at) => (
          <rect
            key={at}
            class={`segment ${segment.kind}`}
            x={share(segment.fromMs)}
            y={3}
            width={Math.max(1.5, share(segment.toMs) - share(segment.fromMs))}
            height={10}
          >
            <title>
              {`${words.segment[segment.kind]} ${durationText(segment.toMs - segment.fromMs)}`}
            </title>
          </rect>
        ))}
    </svg>
  );
}

/** What the colours are, of those that are there. */
function Legend({ waterfall }: { readonly waterfall: Waterfall }) {
  const kinds = new Set(
    waterfall.rows.flatMap(({ segments }) =>
      segments.filter(({ fromMs }) => fromMs < waterfall.toMs).map(({ kind }): SegmentKind => kind),
    ),
  );
  return (
    <ul class="legend">
      {[...kinds].map((kind) => (
        <li key={kind}>
          <i class={`segment ${kind}`} />
          {words.segment[kind]}
        </li>
      ))}
    </ul>
  );
}

function tookText({ startMs, endMs }: Pick<FollowedTask['call'], 'startMs' | 'endMs'>): string {
  return endMs === undefined ? words.still : durationText(endMs - startMs);
}

function tookMs({ startMs, endMs = Infinity }: Pick<FollowedTask['call'], 'startMs' | 'endMs'>) {
  return endMs - startMs;
}

/** To a tenth of a second: enough to find it again. */
function roundedMs(ms: number): number {
  return Math.round(ms / 100) * 100;
}
