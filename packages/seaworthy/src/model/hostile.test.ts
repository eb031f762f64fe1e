import { describe, expect, it } from 'vitest';
import { ModelError } from './problem.ts';
import { readModel } from './read.ts';

/**
 * Processor time of the whole process, and of threads that run beside this one. On an idle machine
 * each takes less than one second.
 */
const longestMs = 3000;
const large = 499_000;

function fill(part: string, length = large): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}

const head = 'seaworthy: 1\nname: x\n';
const valid = `${head}services: { web: {} }\ntraffic: { s: { to: web, rate: 1/s } }\n`;
const powers = Array.from('bcdefghi').map(
  (key, index) => `${key}: &${key} [${`*${'abcdefgh'[index]},`.repeat(9)}]`,
);
const misspelt = Array.from({ length: 20 }, (_, index) => `{ call: servise-nunber-${index} }`);

const callers = Array.from({ length: 200 }, (_, index) => {
  return `service-number-${index}: { steps: [${misspelt.join()}] }`;
});

const files: Readonly<Record<string, readonly [text: string, message: string]>> = {
  'an alias bomb': [`a: &a [x,x,x,x,x,x,x,x,x]\n${powers.join('\n')}`, 'aliases'],
  'an alias to itself': ['a: &a [*a]', 'an alias inside of what it stands for'],
  'an alias to its parent': ['a: &a { b: { c: *a } }', 'an alias inside of what it stands for'],
  'an alias to nothing': ['a: *b', 'an alias without an anchor above'],
  'ten megabytes': [fill('a: 1\n', 10_000_000), 'the file is too long'],
  'deep lists': [fill('['), 'nested too deeply'],
  'deep maps': [fill('{a: '), 'nested too deeply'],
  'deep blocks': [fill('- '), 'nested too deeply'],
  'deep keys': [fill('? '), 'nested too deeply'],
  'many lines': [fill('\n'), 'the file is too long'],
  'many keys': [Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n'), 'too long'],
  'equal keys': [fill('a: 1\n', 30_000), 'a second "a"'],
  commas: [`[${fill(',')}`, 'too long'],
  'commas, fewer': [`[${fill(',', 30_000)}`, 'unexpected , in flow sequence'],
  quotes: [fill('"', 30_000), 'unexpected'],
  anchors: [fill('&a ', 30_000), 'a node can have at most one anchor'],
  directives: [fill('%a\n', 30_000), 'unknown directive'],
  documents: [fill('---\n', 30_000), 'a second document'],
  'unknown keys': [
    valid + Array.from({ length: 5000 }, (_, i) => `kk${i}: 1`).join('\n'),
    'unknown key',
  ],
  'unknown services': [
    `${head}services: { ${callers.join()} }\ntraffic: { s: { to: web, rate: 1/s } }`,
    'did you mean "service-number-0"?',
  ],
  'a list of nonsense': [
    valid.replace('web: {}', `web: { steps: [${'{a: 1},'.repeat(9000)}] }`),
    'too long',
  ],
  binary: ['\u0000\u0001\u0002ELF', 'not a text file'],
  'bytes that are not UTF-8': [`${head}# \uFFFD`, 'not a text file'],
  nothing: ['', 'the file is empty'],
  'only a comment': ['# nothing\n', 'the file is empty'],
  'a list': ['[1, 2]', 'not a model'],
  'a word': ['seaworthy', 'not a model'],
  'a tab': ['services:\n\tweb: {}\n', 'a tab indents'],
  'a prototype': [`${valid}__proto__: { polluted: true }\n`, '"__proto__" cannot be a key'],
  'a constructor': [`${head}services: { constructor: {} }\n`, '"constructor" cannot be a key'],
  'a tag': [`${valid}run: !!js/function "x"\n`, 'a tag; this format has none'],
  'an unknown class': [
    valid.replace('rate: 1/s', 'rate: 1/s, criticality: { low: 100% }'),
    'known here: sheddable, sheddable-plus, critical, critical-plus',
  ],
  'a merge key': [`${valid}<<: { run: { for: 1s } }\n`, 'unknown key'],
  'a key that is a list': [`${valid}? [a]\n: 1\n`, 'a key must be a word'],
};

function costOf(text: string) {
  const before = process.cpuUsage();
  const refused = refusal(text);
  const { user, system } = process.cpuUsage(before);
  return { refused, costMs: (user + system) / 1000 };
}

describe('a hostile file', () => {
  it.each(Object.entries(files))('%s', (_, [text, message]) => {
    const { refused, costMs } = costOf(text);
    // A busy machine once took three times as long; work that is too much is too much twice.
    const leastMs = costMs < longestMs ? costMs : costOf(text).costMs;
    expect(leastMs).toBeLessThan(longestMs);
    const problem = refused.problems.find((candidate) => {
      return `${candidate.message}\n${candidate.expected}`.includes(message);
    });
    expect(problem, refused.problems[0]?.message).toBeDefined();
    expect(problem!.line).toBeGreaterThanOrEqual(1);
    expect(problem!.column).toBeGreaterThanOrEqual(1);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('may begin with a byte order mark, which is not a column', () => {
    expect(readModel(`\uFEFF${valid}`, 'x.yaml', {}).model.name).toBe('x');
    const [problem] = refusal(`\uFEFFseaworthi: 1`).problems;
    expect(problem).toMatchObject({ line: 1, column: 1 });
  });

  it('may end its lines as Windows does', () => {
    expect(readModel(valid.replaceAll('\n', '\r\n'), 'x.yaml', {}).model.name).toBe('x');
    const [problem] = refusal(`${valid}\nnaem: y`.replaceAll('\n', '\r\n')).problems;
    expect(problem).toMatchObject({ line: 6, column: 1, sourceLine: 'naem: y' });
  });
});

function refusal(text: string): ModelError {
  try {
    readModel(text, 'x.yaml', {});
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('it was read');
}
