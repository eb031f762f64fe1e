import type { ObjectiveLine, ObjectiveResult, PageRun } from '../seaworthy.ts';
import { momentText, unitOf } from '../seaworthy.ts';
import { cursorMs, pinned } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

/** What was asked for, what came of it, and how far the two are apart. */
export function Objectives(props: { readonly run: PageRun; readonly other: PageRun | undefined }) {
  const { run, other } = props;
  const { verdict } = run;
  const objectives = verdict?.objectives ?? [];
  const words = text.objectives;
  return (
    <Section id="objectives" title={text.sections.objectives}>
      {objectives.length === 0 ? (
        <p class="empty">{words.none}</p>
      ) : (
        <ul class="objectives">
          {objectives.map((objective, index) => (
            <Objective
              key={objective.text}
              objective={objective}
              ofMisses={run.lines.some((line) => line.objective === index && isOfMisses(line))}
              beside={other?.verdict?.objectives.find((each) => each.text === objective.text)}
              replications={verdict?.replications ?? 1}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The margin of a share that must be above a limit is one of what may be missing. */
function isOfMisses({ measure, below }: ObjectiveLine): boolean {
  return !below && unitOf(measure) === 'share';
}

function Objective(props: {
  readonly objective: ObjectiveResult;
  readonly ofMisses: boolean;
  readonly beside: ObjectiveResult | undefined;
  readonly replications: number;
}) {
  const { objective, ofMisses, beside, replications } = props;
  const words = text.objectives;
  const { outcome, firstViolationMs, failedReplications, observedRange, note } = objective;
  const remarks = [
    note,
    observedRange,
    failedReplications > 0 && replications > 1
      ? words.failedIn(failedReplications, replications)
      : undefined,
  ].filter((remark) => remark !== undefined);
  return (
    <li data-outcome={outcome}>
      <span class="sign" role="img" aria-label={text.outcome[outcome]}>
        {text.sign[outcome]}
      </span>
      <code class="statement">{objective.text}</code>
      <b class="observed">
        {objective.observed}
        {beside !== undefined && (
          <small data-outcome={beside.outcome}>
            <span class="sign">{text.sign[beside.outcome]}</span> {beside.observed}
          </small>
        )}
      </b>
      <Margin margin={objective.margin} ofMisses={ofMisses} />
      {firstViolationMs === undefined ? (
        <span />
      ) : (
        <button type="button" class="link" onClick={() => show(firstViolationMs)}>
          {words.firstBroken(momentText(firstViolationMs))}
        </button>
      )}
      <span class="remark">{remarks.join(' · ')}</span>
    </li>
  );
}

function show(ms: number): void {
  cursorMs.value = ms;
  pinned.value = true;
}

/** To the right of the limit is room, to the left is none: as far as the limit itself, at most. */
function Margin(props: { readonly margin: number | undefined; readonly ofMisses: boolean }) {
  const { margin, ofMisses } = props;
  if (margin === undefined) return <span class="margin" />;
  const length = Math.min(1, Math.abs(margin)) * 50;
  const words = text.objectives;
  const label =
    margin >= 0
      ? words.spare(margin)
      : margin > -1
        ? words.beyond(-margin)
        : (ofMisses ? words.misses : words.times)(1 - margin);
  return (
    <span class="margin">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" x="0" y="4" width="100" height="2" />
        <rect
          class={margin >= 0 ? 'good' : 'bad'}
          x={margin >= 0 ? 50 : 50 - length}
          y="2"
          width={length}
          height="6"
        />
        <rect class="limit" x="49.5" y="0" width="1" height="10" />
      </svg>
      <span>{label}</span>
    </span>
  );
}
