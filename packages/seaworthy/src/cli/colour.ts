/**
 * Whether a stream gets colours: `--no-color` and NO_COLOR (no-color.org) say no, FORCE_COLOR says
 * yes or, with 0, no; without a word a terminal does and everything else does not.
 */
export function wantsColour(stream: NodeJS.WriteStream, option: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!option) return false;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTTY && TERM !== 'dumb';
}
