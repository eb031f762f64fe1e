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
export const equivalents = [
  {
    file: 'cb02-opens-on-noise.ts',
    code: 'if (chance <= falseOpenMax) continue;',
    change: '<= -> <',
    why: 'no sum of binomial terms is a thousandth to the last bit',
  },
  {
    file: 'cb02-opens-on-noise.ts',
    code: 'for (let calls = 2; calls < 1000; calls++) {',
    change: '< -> <=',
    why: 'after the last round it returns what that round would',
  },
  {
    file: 'cb02-opens-on-noise.ts',
    code: 'if (atLeast(Math.ceil(calls * threshold), calls, errors) <= falseOpenMax) return calls;',
    change: '<= -> <',
    why: 'no sum of binomial terms is a thousandth to the last bit',
  },
  {
    file: 'ov04-scales-too-late.ts',
    code: 'const grown = over.value <= lateMs ? 1 : lateMs / over.value;',
    change: '<= -> <',
    why: 'a number divided by itself is one as well',
  },
  {
    file: 'pq05-endless-wait.ts',
    code: '.reduce((a, b) => (b.ms < a.ms ? b : a), none);',
    change: '< -> <=',
    why: 'of two callers that wait equally long either may be shown',
  },
  {
    file: 'rt10-false-timeouts.ts',
    code: 'if (late <= mediumAbove) continue;',
    change: '<= -> <',
    why: '1 - a share is never a thousandth to the last bit',
  },
  {
    file: 'rt10-false-timeouts.ts',
    code: "severity: late > highAbove ? 'high' : 'medium',",
    change: '> -> >=',
    why: '1 - a share is never a hundredth to the last bit',
  },
  {
    file: 'rt18-unit-smell.ts',
    code: 'const short = value < leastMs;',
    change: '< -> <=',
    why: 'a value that is just enough does not come so far',
  },
  {
    file: 'rt19-costly-hedge.ts',
    code: 'if (extra <= extraMax) continue;',
    change: '<= -> <',
    why: '1 - a share is never a tenth to the last bit',
  },
  {
    file: 'rt20-deadline-lost.ts',
    code: 'return [edge, ...ways.reduce((a, b) => (b.length > a.length ? b : a), [])];',
    change: '> -> >=',
    why: 'of two ways of the same length either may be shown',
  },
];
