import { durationText, type LimitsResult, numberText, rateText } from '../seaworthy.ts';
import { Curve } from '../limits/curve.tsx';
import { Loop } from '../limits/loop.tsx';
import { text } from '../text/english.ts';
import { Controls } from './controls.tsx';
import { Again } from './provenance.tsx';
import { Section } from './section.tsx';

/** Up to which load a system is stable, and what tips it. */
export function LimitsView({ limits }: { readonly limits: LimitsResult }) {
  const words = text.limits;
  const load = loadOf(limits);
  return (
    <>
      <header class="verdict" data-outcome={limits.state.name === 'stable' ? 'pass' : 'fail'}>
        <div class="topline">
          <p class="kicker">
            <b>{limits.model.name}</b> {limits.load.sources.join(', ')}
          </p>
          <Controls />
        </div>
        <h1>
          <span class="outcome">{words.state[limits.state.name]}</span> {limits.sentence}
        </h1>
      </header>
      <Section id="loop" title={words.loop}>
        <Loop limits={limits} load={load} />
      </Section>
      {limits.triggers.map((trigger) => (
        <Section
          key={trigger.name}
          id={`trigger-${trigger.name}`}
          title={words.trigger(trigger.name)}
        >
          {trigger.skipped === undefined ? (
            <Curve trigger={trigger} />
          ) : (
            <p class="empty">{trigger.skipped}</p>
          )}
        </Section>
      ))}
      <Section id="limits-run" title={text.sections.provenance}>
        {limits.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <dl class="provenance">
          <div>
            <dt>{words.simulated}</dt>
            <dd>{words.effort(numberText(limits.runs), durationText(limits.simulatedMs))}</dd>
          </div>
          <Again command={limits.command} />
        </dl>
      </Section>
    </>
  );
}

function loadOf({ load }: LimitsResult): (value: number) => string {
  return (value) =>
    load.unit === 'per second'
      ? rateText(value)
      : `${numberText(value)}${load.unit === 'users' ? ' users' : '×'}`;
}
