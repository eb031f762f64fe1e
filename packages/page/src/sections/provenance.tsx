import { momentText, type PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { CopyButton } from './copy-button.tsx';
import { Section } from './section.tsx';

/** The command that shows all of this again. */
export function Again({ command }: { readonly command: string }) {
  return (
    <div>
      <dt>{text.provenance.again}</dt>
      <dd>
        <code>{command}</code> <CopyButton label={text.provenance.copy} content={command} />
      </dd>
    </div>
  );
}

/** What was measured, how, and what was left out. */
export function Provenance({ run }: { readonly run: PageRun }) {
  const { header, verdict } = run;
  const words = text.provenance;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.world, words.worlds[header.world]],
    [words.model, `${header.model.name}, ${header.model.hash}`],
    [text.verdict.environment, header.model.environment],
    [text.verdict.scenario, header.scenario],
    [words.seeds, verdict === undefined ? String(header.seed) : verdict.seeds.join(', ')],
    [
      words.shown,
      verdict !== undefined && verdict.replications > 1 ? words.worst(header.seed) : undefined,
    ],
    [text.verdict.engine, header.engineVersion],
    [words.intervals, words.each(run.toMs.length, momentText(header.intervalMs))],
    [words.warmUp, header.warmUpMs > 0 ? momentText(header.warmUpMs) : undefined],
    [words.dropped, run.eventsDropped > 0 ? words.tooMany(run.eventsDropped) : undefined],
    [words.record, run.record],
  ];
  return (
    <Section id="provenance" title={text.sections.provenance}>
      <dl class="provenance">
        {rows.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {run.command !== undefined && <Again command={run.command} />}
      </dl>
      <p class="note">{words.accuracy}</p>
    </Section>
  );
}
