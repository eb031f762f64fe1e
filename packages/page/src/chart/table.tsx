export interface TableRow {
  readonly name: string;
  readonly cells: readonly string[];
}

/** Names down, and what is known of each across. It scrolls where it is wider than the screen. */
export function Table(props: {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
}) {
  const { title, head, rows } = props;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={title}>
      <table class="plain">
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
          {rows.map(({ name, cells }, row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
