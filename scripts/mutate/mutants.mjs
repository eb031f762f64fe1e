/**
 * What stands there, and what is put in its place. Spaces around: no arrows, no type arguments.
 *
 * @type {readonly (readonly [string, string])[]}
 */
const swaps = [
  [' <= ', ' < '],
  [' < ', ' <= '],
  [' >= ', ' > '],
  [' > ', ' >= '],
  [' === ', ' !== '],
  [' !== ', ' === '],
  [' && ', ' || '],
  [' || ', ' && '],
];

/**
 * One place of a file where a decision can be changed.
 *
 * @typedef {object} Mutant
 * @property {number} at
 * @property {string} from
 * @property {string} to
 * @property {string} line the code around, as one line without its indent
 */

/**
 * The places of a file where a decision can be changed: in code, not in texts or comments.
 *
 * @param {string} text
 * @returns {readonly Mutant[]}
 */
export function mutantsOf(text) {
  const code = text.replace(
    /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g,
    (/** @type {string} */ it) => it.replace(/[^\n]/g, '~'),
  );
  const mutants = [];
  for (const [spaced, changed] of swaps) {
    for (let at = code.indexOf(spaced); at !== -1; at = code.indexOf(spaced, at + 1)) {
      // Types are gone when the code runs.
      const line = lineAt(text, at);
      if (/^(type|import|readonly)\b/.test(line)) continue;
      mutants.push({ at: at + 1, from: spaced.trim(), to: changed.trim(), line });
    }
  }
  // A threshold: `const longestMs = 10 * 60_000;`
  for (const { 0: line, 1: from = '', index } of code.matchAll(
    /^const \w+ = (\d[\d_.]*(?: [*/+-] \d[\d_.]*)*);$/gm,
  )) {
    const at = index + line.indexOf(from, line.indexOf('='));
    mutants.push({ at, from, to: `(${from}) * 1.5 + 1`, line });
  }
  return mutants;
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineAt(text, at) {
  return text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at)).trim();
}

/**
 * Changes that no test can notice, as they change nothing that anybody sees, and why.
 *
 * @type {readonly { file: string, code: string, change: string, why: string }[]}
 */
export const equivalents = [];
