import { computed } from '@preact/signals';

import { Twin } from '../chart/twin.tsx';
import { valueText } from '../chart/units.ts';
import { goodput, type Measured, type Response, responsesOf, time } from '../data/response.ts';
import { clockText } from '../data/words.ts';
import { HereText, Picture, toneOf } from '../response/picture.tsx';
import { percentileText, responseSentence, timeSentence } from '../response/words.ts';
import type { PageRun } from '../seaworthy.ts';
import { focus, lengthMs, other, run, span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

/** Entries that are drawn where nothing is chosen: those with the most traffic. */
const ENTRIES_MAX = 3;

const words = text.response;

const responses = computed(() => all(run.value));
const besides = computed(() => all(other.value));

function all(of: PageRun | undefined): readonly Response[] {
  if (of === undefined) return [];
  return responsesOf(of, focus.value, span.value)
    .filter(({ points }) => points.length > 1)
    .toSorted((left, right) => traffic(right) - traffic(left));
}

function traffic({ points }: Response): number {
  return points.reduce((sum, { offeredPerSecond }) => sum + offeredPerSecond, 0);
}

/** What became of the load that came: where one load has two answers, what came before decides. */
export function Responses() {
  const drawn = responses.value.slice(0, ENTRIES_MAX);
  const left = responses.value.length - drawn.length;
  if (drawn.length === 0) return null;
  return (
    <Section id="response" title={text.sections.response}>
      <div class="responses">
        {drawn.map((response) => (
          <Pair
            key={response.name}
            response={response}
            beside={besides.value.find(({ name }) => name === response.name)}
          />
        ))}
      </div>
      <p class="note">
        {left > 0 && `${words.more(left)} `}
        {words.note}
      </p>
    </Section>
  );
}

interface Props {
  readonly response: Response;
  readonly beside: Response | undefined;
}

function Pair({ response, beside }: Props) {
  const { name, quantile } = response;
  const sentence = responseSentence(response, lengthMs.value);
  const isTimed = quantile !== undefined;
  // Another percentile of the other run would be drawn as if it were the same.
  const sameBeside = beside?.quantile === quantile ? beside : undefined;
  return (
    <>
      <Figure
        {...{ response, beside, sentence }}
        title={words.succeeded(name)}
        measured={goodput}
      />
      {isTimed && (
        <Figure
          response={response}
          beside={sameBeside}
          sentence={timeSentence(response)}
          title={words.time(name, percentileText(quantile))}
          measured={time}
        />
      )}
    </>
  );
}

function Figure(
  props: Props & {
    readonly title: string;
    readonly sentence: string;
    readonly measured: Measured;
  },
) {
  const { response, beside, title, sentence, measured } = props;
  const drawn = response.points.filter((point) => !Number.isNaN(measured.of(point)));
  const phases = [...new Set(drawn.map(({ phase }) => phase))];
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <ul class="legend">
          {phases.map((phase) => (
            <li key={phase}>
              <i data-tone={toneOf[phase]} />
              {words.phase[phase]}
            </li>
          ))}
          {beside !== undefined && (
            <li class="thin">
              <i />
              {other.value?.label}
            </li>
          )}
          <HereText response={response} measured={measured} />
        </ul>
      </figcaption>
      <Picture {...{ response, beside, measured }} label={`${title}. ${sentence}`} />
      <p class="said">{sentence}</p>
      {measured === goodput && <Table response={response} title={title} />}
    </figure>
  );
}

/** Both pictures of a response as one table. */
function Table({ response, title }: { readonly response: Response; readonly title: string }) {
  const { points, quantile } = response;
  const percentile = quantile === undefined ? [] : [percentileText(quantile)];
  return (
    <div class="under">
      <Twin
        title={title}
        head={[words.point, words.phaseName, words.offered, words.answered, ...percentile]}
        rows={() =>
          points.map((point) => ({
            name: clockText(point.fromMs, lengthMs.value),
            cells: [
              words.phase[point.phase],
              valueText('perSecond', point.offeredPerSecond),
              valueText('perSecond', point.succeededPerSecond),
              ...percentile.map(() => valueText('ms', point.timeMs)),
            ],
          }))
        }
      />
    </div>
  );
}
