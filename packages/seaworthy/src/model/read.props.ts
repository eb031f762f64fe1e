import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { renderExplain } from './explain-text.ts';
import { hashModel } from './hash.ts';
import { formatProblems, ModelError } from './problem.ts';
import { readModel } from './read.ts';
import { modelFiles } from './testing/files.ts';
import { mutations } from './testing/mutations.ts';

/** Processor time, so that a busy machine does not count. */
const longestMs = 1000;

function readOrRefuse(text: string): void {
  const before = process.cpuUsage();
  try {
    readModel(text, 'fuzz.yaml', {});
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(longestMs);
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    expect(error.problems.length).toBeGreaterThan(0);
    for (const problem of error.problems) {
      const line = lines[problem.line - 1];
      expect(line, `line ${problem.line}`).toBeDefined();
      expect(problem.column).toBeGreaterThanOrEqual(1);
      expect(problem.column).toBeLessThanOrEqual(line!.length + 1);
      expect(problem.message).not.toBe('');
    }
    expect(formatProblems(error)).not.toMatch(/undefined|\[object|\n\s+at /);
  }
}

/** What YAML, and this format, look out for. */
const signs = Array.from('{}[]\t\n\0\uFEFF\u2028~,#').concat(
  ['seaworthy: 1\n', 'services:', '  web:', '- ', '? ', ': ', '&a ', '*a', '"', "'", '|\n', '>\n'],
  ['!!str ', '---\n', '%YAML 1.2\n', '__proto__: ', '<<: ', '1e999', '.inf', '0x', '\r\n'],
);

describe('readModel', () => {
  it('reads every valid file, as YAML and as JSON, to the same model', () => {
    fc.assert(
      fc.property(modelFiles, (file) => {
        const fromJson = readModel(JSON.stringify(file), 'valid.json', {});
        const fromYaml = readModel(stringify(file), 'valid.yaml', {});
        expect(hashModel(fromYaml.model)).toBe(hashModel(fromJson.model));
        expect(renderExplain(fromYaml.explain)).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 30 },
    );
  });

  it('reads or refuses what has been broken in any way, with a position', () => {
    fc.assert(
      fc.property(modelFiles.chain(mutations), (file) => {
        readOrRefuse(stringify(file));
      }),
      { numRuns: 60 },
    );
  });

  it('reads or refuses a valid text that has been damaged', () => {
    const damage = fc.record({
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(20),
      sign: fc.constantFrom('', ...signs),
    });
    fc.assert(
      fc.property(modelFiles, damage, (file, { place, length, sign }) => {
        const text = stringify(file);
        const at = Math.floor(place * text.length);
        readOrRefuse(text.slice(0, at) + sign + text.slice(at + length));
      }),
      { numRuns: 60 },
    );
  });

  it('reads or refuses any text', () => {
    const soup = fc
      .array(fc.oneof(fc.constantFrom(...signs), fc.string({ unit: 'binary' })))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (text) => {
        readOrRefuse(text);
      }),
      { numRuns: 150 },
    );
  });
});
