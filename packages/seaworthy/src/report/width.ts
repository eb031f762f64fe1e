/**
 * Every report keeps to this: it is what a terminal has, and what a comment of a code review shows
 * unbroken.
 */
export const pageWidth = 80;

/** Characters as a terminal counts them, for the letters that names and numerals are made of. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}
