import { useState } from 'preact/hooks';

import { rowsOf } from '../data/sentence.ts';
import type { PageRun } from '../seaworthy.ts';
import { span } from '../state/view.ts';
import { text } from '../text/english.ts';
import type { ChartData } from './chart-data.ts';

/** A chart as a table: made when it is asked for. */
export function Twin({ run, data }: { readonly run: PageRun; readonly data: ChartData }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.charts.table}
        <span class="unseen">: {data.title}</span>
      </summary>
      {isOpen && (
        <div class="scroll" tabIndex={0} role="group" aria-label={data.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.charts.moment}</th>
                {data.lines.map(({ label }) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(run, data, span.value).map(({ moment, cells }) => (
                <tr key={moment}>
                  <th scope="row">{moment}</th>
                  {cells.map((cell, index) => (
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
