import { useState } from 'preact/hooks';

import { text } from '../text/english.ts';

export interface TwinRow {
  readonly name: string;
  readonly cells: readonly string[];
}

/** A drawing as a table: made when it is asked for. */
export function Twin(props: {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: () => readonly TwinRow[];
}) {
  const { title, head, rows } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.charts.table}
        <span class="unseen">: {title}</span>
      </summary>
      {isOpen && (
        <div class="scroll" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(({ name, cells }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
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
