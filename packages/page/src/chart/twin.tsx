import { useState } from 'preact/hooks';

import { text } from '../text/english.ts';
import { Table, type TableRow } from './table.tsx';

/** A drawing as a table: made when it is asked for. */
export function Twin(props: {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: () => readonly TableRow[];
}) {
  const { title, head, rows } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.charts.table}
        <span class="unseen">: {title}</span>
      </summary>
      {isOpen && <Table {...{ title, head }} rows={rows()} />}
    </details>
  );
}
