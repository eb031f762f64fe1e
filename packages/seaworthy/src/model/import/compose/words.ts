/** The words of a command line, as a shell would split it; nothing is expanded. */
export function words(text: string): readonly string[] {
  const found = text.matchAll(/(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+))/g);
  return [...found].map(
    ([, double, single, plain]) => single ?? (double ?? plain!).replace(/\\(.)/g, '$1'),
  );
}
