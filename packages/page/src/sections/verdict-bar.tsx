import type { Change, Finding, PageRun } from '../seaworthy.ts';
import { listening } from '../host/live.ts';
import { changeText, lengthText, momentText } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { Controls } from './controls.tsx';
import { RunSwitch } from './run-switch.tsx';

/** What one must know, in one line; and what was run, below it. */
export function VerdictBar(props: { readonly run: PageRun; readonly other: PageRun | undefined }) {
  const { run, other } = props;
  const { verdict, header } = run;
  const outcome = verdict?.outcome;
  return (
    <header class="verdict" data-outcome={outcome ?? 'none'}>
      <div class="topline">
        <p class="kicker">
          <b>{header.model.name}</b> {header.scenario}, {text.verdict.worlds[header.world]}{' '}
          {listening.value && <span class="live">● {text.live}</span>}
        </p>
        <Controls />
      </div>
      <RunSwitch />
      <h1>
        <span class="outcome">
          {outcome === undefined
            ? text.notJudged
            : `${text.sign[outcome]} ${text.outcome[outcome]}`}
        </span>{' '}
        {verdict?.sentence}
      </h1>
      {header.status !== 'complete' && verdict !== undefined && <Interrupted run={run} />}
      {outcome === 'fail' && <InShort findings={verdict?.findings ?? []} />}
      {other !== undefined && <Beside other={other} />}
      <Facts run={run} />
      <p class="note key">
        {text.timeline.key} {header.warmUpMs > 0 && text.timeline.warmUp}{' '}
        <span class="screen">{text.timeline.hint}</span>
      </p>
    </header>
  );
}

function Interrupted({ run }: { readonly run: PageRun }) {
  const at = momentText(run.toMs.at(-1) ?? 0);
  return <p class="warning">! {text.verdict.interrupted(at, lengthText(run.header.durationMs))}</p>;
}

/** Why it happened, and what to do: the rest of the page is there to believe it. */
function InShort({ findings }: { readonly findings: readonly Finding[] }) {
  const words = text.verdict;
  const [worst] = findings;
  if (worst === undefined) return null;
  const changes = findings.flatMap((finding) => finding.changes);
  const change = changes.find(({ tried }) => tried?.outcome === 'pass') ?? worst.changes[0];
  const why = worst.sustainingEffect ?? change?.why;
  return (
    <dl class="short">
      {why !== undefined && <Fact name={words.why} value={why} />}
      {change !== undefined && change.tried?.effect !== 'none' && (
        <div>
          <dt>{words.todo}</dt>
          <dd>
            <code>{changeText(change)}</code> ({effectText(change)})
          </dd>
        </div>
      )}
    </dl>
  );
}

function effectText({ tried }: Change): string {
  const words = text.verdict;
  if (tried === undefined) return words.untried;
  if (tried.outcome === 'pass') return words.passes;
  return text.findings.effect[tried.effect];
}

/** The outcome of the run beside, in a line. */
function Beside({ other }: { readonly other: PageRun }) {
  const outcome = other.verdict?.outcome;
  return (
    <p class="beside" data-outcome={outcome ?? 'none'}>
      {text.runs.beside}: <b>{other.label}</b>{' '}
      {outcome !== undefined && (
        <b class="outcome">
          {text.sign[outcome]} {text.outcome[outcome]}
        </b>
      )}{' '}
      {other.verdict?.sentence}
    </p>
  );
}

function Facts({ run }: { readonly run: PageRun }) {
  const { header, verdict } = run;
  const words = text.verdict;
  const facts: readonly (readonly [string, string])[] = [
    [words.length, lengthText(header.durationMs)],
    [words.seed, String(header.seed)],
    [words.replications, String(verdict?.replications ?? 1)],
    [words.engine, header.engineVersion],
    [words.model, header.model.hash.slice(0, 8)],
  ];
  const environment = header.model.environment;
  return (
    <dl class="facts">
      {environment !== undefined && <Fact name={words.environment} value={environment} />}
      {facts.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
