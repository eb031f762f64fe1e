import type { PageRun } from '../seaworthy.ts';
import { listening } from '../host/live.ts';
import { momentText } from '../seaworthy.ts';
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
      {other !== undefined && <Beside other={other} />}
      <Facts run={run} />
    </header>
  );
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
    [words.length, momentText(header.durationMs)],
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
      {header.status !== 'complete' && (
        <Fact
          name="!"
          value={words.interrupted(momentText(run.toMs.at(-1) ?? 0), momentText(header.durationMs))}
        />
      )}
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
