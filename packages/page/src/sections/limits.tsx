import { durationText, type LimitsResult, numberText, rateText } from '../seaworthy.ts';
import { Curve } from '../limits/curve.tsx';
import { Loop } from '../limits/loop.tsx';
import { Failing, Found, Starts } from '../limits/tables.tsx';
import { text } from '../text/english.ts';
import { Controls } from './controls.tsx';
import { Again } from './provenance.tsx';
import { Section } from './section.tsx';

const outcomes = {
  failing: 'fail',
  stable: 'pass',
  vulnerable: 'fail',
  overloaded: 'fail',
  inconclusive: 'inconclusive',
} as const;

type Statement = LimitsResult['statements'][number];

function Stated({ about, text: said }: Statement) {
  return (
    <>
      <span class="outcome">{text.limits.state[about]}</span> {said}
    </>
  );
}

/** Up to which load a system is stable, and what tips it. */
export function LimitsView({ limits }: { readonly limits: LimitsResult }) {
  const words = text.limits;
  const load = loadOf(limits);
  const [first, ...others] = limits.statements;
  return (
    <>
      <header class="verdict" data-outcome={first && outcomes[first.about]}>
        <div class="topline">
          <p class="kicker">
            <b>{limits.model.name}</b> {limits.load.sources.join(', ')}
          </p>
          <Controls />
        </div>
        <h1>{first && <Stated {...first} />}</h1>
        {others.map((other) => (
          <p key={other.about} class="statement" data-outcome={outcomes[other.about]}>
            <Stated {...other} />
          </p>
        ))}
      </header>
      {limits.failing.length > 0 && (
        <Section id="failing" title={words.failing}>
          <Failing {...{ limits, load }} />
        </Section>
      )}
      <Section id="limits" title={words.limits}>
        <Found {...{ limits, load }} />
      </Section>
      <Section id="starts" title={words.starts}>
        <Starts limits={limits} />
      </Section>
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
