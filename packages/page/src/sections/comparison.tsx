import { valueText } from '../chart/units.ts';
import { compared } from '../data/compare.ts';
import type { PageRun } from '../seaworthy.ts';
import { span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

/** Signal by signal: how far two runs are apart, and whether that is more than noise. */
export function ComparisonTable(props: { readonly run: PageRun; readonly other: PageRun }) {
  const { run, other } = props;
  const words = text.comparison;
  return (
    <Section id="comparison" title={text.sections.comparison}>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="comparison-title">
        <table class="edges comparison">
          <thead>
            <tr>
              <td />
              <th scope="col">{run.label}</th>
              <th scope="col">{other.label}</th>
              <th scope="col">{words.difference}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {compared(run, other, span.value).map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{valueText(row.unit, row.first)}</td>
                <td>{valueText(row.unit, row.second)}</td>
                <td>
                  {Number.isNaN(row.difference)
                    ? '–'
                    : `${row.difference > 0 ? '+' : ''}${valueText(row.unit, row.difference)} ± ${valueText(row.unit, row.half)}`}
                </td>
                <td data-verdict={row.verdict}>{words[row.verdict]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{words.note}</p>
    </Section>
  );
}
