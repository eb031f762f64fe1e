import { marks } from '../state/marks.ts';
import type { Finding, PageRun } from '../seaworthy.ts';
import { isSame, momentText } from '../seaworthy.ts';
import { story } from '../state/view.ts';
import { showStep, tell } from '../state/story.ts';
import { text } from '../text/english.ts';
import { ChangeView } from './change.tsx';
import { CopyButton } from './copy-button.tsx';
import { Section } from './section.tsx';

/** Ranked, worst first: what happened, its numbers, what keeps it going, and what to change. */
export function Findings({ run }: { readonly run: PageRun }) {
  const findings = run.verdict?.findings ?? [];
  return (
    <Section id="findings" title={text.sections.findings}>
      {findings.length === 0 ? (
        <p class="empty">
          {run.verdict?.outcome === 'fail' ? text.findings.noneKnown : text.findings.none}
        </p>
      ) : (
        <ol class="findings">
          {findings.map((finding, index) => (
            <FindingItem key={finding.key} finding={finding} index={index} run={run} />
          ))}
        </ol>
      )}
    </Section>
  );
}

interface ItemProps {
  readonly finding: Finding;
  readonly index: number;
  readonly run: PageRun;
}

function FindingItem({ finding, index, run }: ItemProps) {
  const words = text.findings;
  const isTold = story.value?.finding === index;
  const replications = run.verdict?.replications ?? 1;
  const facts = [
    text.severity[finding.severity],
    finding.evidence,
    words.span(finding.fromMs, finding.toMs),
    ...(replications > 1 ? [words.seenIn(finding.seenIn, replications)] : []),
  ];
  return (
    <li data-severity={finding.severity} data-told={isTold} id={`finding-${index + 1}`}>
      <details open={index === 0}>
        <summary>
          <span class="rank">{index + 1}</span>
          <h3>{finding.title}</h3>
          <p class="meta">{facts.join(' · ')}</p>
        </summary>
        <div class="actions">
          <button type="button" aria-pressed={isTold} onClick={() => tell(index)}>
            {isTold ? words.shown : words.show}
          </button>
          <CopyButton label={words.reproduce} content={finding.command} />
        </div>
        <Body finding={finding} index={index} run={run} isTold={isTold} />
      </details>
    </li>
  );
}

function Body(props: ItemProps & { readonly isTold: boolean }) {
  const { finding, index, run, isTold } = props;
  const words = text.findings;
  const [change, ...others] = finding.changes;
  const above = run.verdict?.findings.slice(0, index) ?? [];
  const told = above.findIndex(({ changes }) => {
    return changes[0] !== undefined && change !== undefined && isSame(changes[0], change);
  });
  const id = `finding-${index + 1}-change`;
  return (
    <div class="finding-body">
      <div class="evidence">
        <ul class="numbers">
          {finding.numbers.map((number) => (
            <li key={number}>{number}</li>
          ))}
        </ul>
        {finding.sustainingEffect !== undefined && (
          <p>
            <b>{words.sustained}</b> {finding.sustainingEffect}
          </p>
        )}
        <Steps finding={finding} isTold={isTold} />
      </div>
      {change !== undefined && <ChangeView {...{ run, change, id, told }} marks={marks.value} />}
      {others.length > 0 && (
        <details class="others">
          <summary>{words.instead(others.length)}</summary>
          {others.map((each, at) => (
            <ChangeView
              key={at}
              run={run}
              change={each}
              id={`${id}-${at + 2}`}
              marks={marks.value}
            />
          ))}
        </details>
      )}
    </div>
  );
}

function Steps({ finding, isTold }: { readonly finding: Finding; readonly isTold: boolean }) {
  if (finding.steps.length === 0) return null;
  return (
    <ol class="steps" aria-label={text.findings.order}>
      {finding.steps.map((step, index) => (
        <li key={step.text} data-now={isTold && story.value?.step === index}>
          <button type="button" class="link" disabled={!isTold} onClick={() => showStep(index)}>
            <time>{momentText(step.atMs)}</time> {step.text}
          </button>
        </li>
      ))}
    </ol>
  );
}
