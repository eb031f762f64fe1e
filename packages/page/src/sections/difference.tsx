/** Lines of the file that change, each with a blank, `-` or `+` before it. */
export function Difference({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <pre class="difference" tabIndex={0}>
      {lines.map((line, index) => {
        const sign = line.charAt(0);
        const Line = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span';
        return (
          <Line key={index}>
            {sign} {line.slice(1)}
          </Line>
        );
      })}
    </pre>
  );
}
