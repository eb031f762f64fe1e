import { Chart } from '../chart/chart.tsx';
import type { Marks } from '../chart/chart-data.ts';
import { triedCharts } from '../data/tried-charts.ts';
import type { Change, PageRun } from '../seaworthy.ts';
import { lookAt } from '../state/story.ts';
import { text } from '../text/english.ts';
import { Difference } from './difference.tsx';

interface Props {
  readonly run: PageRun;
  readonly change: Change;
  /** Told from those of other changes by this. */
  readonly id: string;
  /** The finding above that has the same change, by its number from 0; negative: there is none. */
  readonly told?: number;
  readonly marks: Marks;
}

/** A change as lines of the file, beside what it did when it was tried. */
export function ChangeView({ run, change, id, told = -1, marks }: Props) {
  const { tried } = change;
  const words = text.findings;
  if (told >= 0) {
    return (
      <div class="change">
        <p>
          <button type="button" class="link" onClick={() => lookAt(told)}>
            {words.asIn(told + 1)}
          </button>{' '}
          {tried !== undefined && words.effect[tried.effect]}
        </p>
      </div>
    );
  }
  const charts = tried === undefined ? [] : triedCharts(run, tried, id);
  return (
    <div class="change" data-charted={charts.length > 0}>
      <div>
        <h4>{tried?.effect === 'none' ? words.vain : words.change}</h4>
        <Difference lines={change.difference} />
        <p>{change.why}</p>
        {tried !== undefined && <Tried tried={tried} />}
      </div>
      {charts.length > 0 && (
        <div class="did">
          {charts.map((data) => (
            <Chart key={data.id} run={run} data={data} marks={marks} />
          ))}
        </div>
      )}
    </div>
  );
}

function Tried({ tried }: { readonly tried: NonNullable<Change['tried']> }) {
  const words = text.findings;
  return (
    <div class="tried" data-effect={tried.effect}>
      <p>
        <b>{words.effect[tried.effect]}</b> {tried.outcome === 'pass' && words.passes}
      </p>
      <table>
        <tbody>
          {tried.objectives.map((objective) => (
            <tr key={objective.text}>
              <th scope="row">
                <code>{objective.text}</code>
              </th>
              <td>{objective.before.observed}</td>
              <td aria-hidden="true">→</td>
              <td data-outcome={objective.after.outcome}>
                {text.sign[objective.after.outcome]} {objective.after.observed}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {tried.worse.length > 0 && (
        <p>
          {words.worse} {tried.worse.map(({ title }) => title).join('; ')}
        </p>
      )}
    </div>
  );
}
