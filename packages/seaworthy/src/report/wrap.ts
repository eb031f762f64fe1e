import { pageWidth, widthOf } from './width.ts';

/**
 * Breaks a text at its spaces so that each line, with `indent` spaces before it, keeps to the page.
 * The first line has no indent of its own: what stands before it takes as much room.
 */
export function wrap(text: string, indent: number): readonly string[] {
  // A number stays with its percent sign.
  return fill(text.split(/ (?!%)/), pageWidth - indent, '');
}

/** Breaks the paragraphs and list items of a page of Markdown that has nothing else in it. */
export function wrapPage(page: string): string {
  const lines = page.split('\n').flatMap((line) => {
    if (!line.startsWith(bullet)) return wrap(line, 0);
    const [first = '', ...others] = wrap(line.slice(bullet.length), bullet.length);
    return [bullet + first, ...others.map((each) => ' '.repeat(bullet.length) + each)];
  });
  return lines.join('\n');
}

const bullet = '- ';

/** Breaks a command so that it can still be copied: a backslash ends each line but the last. */
export function wrapCommand(command: string, indent: number): readonly string[] {
  // An option stays with its value, and what stands in quotes is one word.
  const words = command.match(/(?:--\S+ (?!-))?(?:\\.|[^\s'"\\]|'[^']*'|"[^"]*")+/g) ?? [];
  const lines = fill(words, pageWidth - indent - widthOf(` \\`), '  ');
  return lines.map((each, index) => (index < lines.length - 1 ? `${each} \\` : each));
}

/** @param hanging stands before every line but the first */
function fill(words: readonly string[], width: number, hanging: string): readonly string[] {
  const lines: string[] = [];
  let current: string | undefined;
  for (const word of words) {
    const longer = current === undefined ? word : `${current} ${word}`;
    if (current === undefined || widthOf(longer) <= width) {
      current = longer;
    } else {
      lines.push(current);
      current = hanging + word;
    }
  }
  return current === undefined ? lines : [...lines, current];
}
