import { valueText } from '../chart/units.ts';
import { compared, type Comparison } from '../data/compare.ts';
import { numberText, type PageRun } from '../seaworthy.ts';
import { counted } from '../state/view.ts';
import { text } from '../text/english.ts';
import { Section } from './section.tsx';

function differenceText({ unit, difference, half }: Comparison): string {
  if (Number.isNaN(difference)) return '–';
  const sign = difference > 0 ? '+' : '';
  // 20 % less than 40 % are not 20 % of it.
  if (unit === 'share') {
    const points = [difference, half].map((share) => numberText(share * 100));
    return text.comparison.points(sign + points[0]!, points[1]!);
  }
  return `${sign}${valueText(unit, difference)} ± ${valueText(unit, half)}`;
}

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
              <th scope="col">{words.second(other.label)}</th>
            </tr>
          </thead>
          <tbody>
            {compared(run, other, counted.value).map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{valueText(row.unit, row.first)}</td>
                <td>{valueText(row.unit, row.second)}</td>
                <td>{differenceText(row)}</td>
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
