import type { PageRun } from '../seaworthy.ts';
import { momentText } from '../seaworthy.ts';
import { text } from '../text/english.ts';

/** What one must know, in one line; and what was run, below it. */
export function VerdictBar({ run }: { readonly run: PageRun }) {
  const { verdict, header } = run;
  const outcome = verdict?.outcome;
  return (
    <header class="verdict" data-outcome={outcome ?? 'none'}>
      <p class="kicker">
        <b>{header.model.name}</b>
        <span>{header.scenario}</span>
      </p>
      <h1>
        <span class="outcome">
          {outcome === undefined
            ? text.notJudged
            : `${text.sign[outcome]} ${text.outcome[outcome]}`}
        </span>{' '}
        {verdict?.sentence}
      </h1>
      <Facts run={run} />
    </header>
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
