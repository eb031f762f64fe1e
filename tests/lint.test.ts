import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Each ban, broken once: where, by what, and a part of what the linter must say. */
const broken: readonly (readonly [path: string, code: string, says: string])[] = [
  ['packages/policy/src/retry/a.ts', 'Date.now()', 'Take a Clock'],
  ['packages/policy/src/retry/b.ts', 'setTimeout(Number, 1)', 'Take a Clock'],
  ['packages/policy/src/retry/c.ts', 'setInterval(Number, 1)', 'Take a Clock'],
  ['packages/policy/src/retry/d.ts', 'setImmediate(Number)', 'Take a Clock'],
  ['packages/policy/src/retry/e.ts', 'performance.now()', 'Take a Clock'],
  ['packages/policy/src/retry/f.ts', 'crypto.randomUUID()', 'Take a Random'],
  ['packages/policy/src/retry/g.ts', 'globalThis.Date.now()', 'Name what you need'],
  ['packages/policy/src/retry/h.ts', 'Math.random()', 'Take a Random'],
  ['packages/policy/src/retry/i.ts', 'process.hrtime()', 'Take a Clock'],
  ['packages/policy/src/retry/j.ts', 'Math.log(2)', 'elementary.ts'],
  ['packages/policy/src/retry/k.ts', 'Math.pow(2, 3)', 'elementary.ts'],
  ['packages/policy/src/time/a.ts', 'Date.now()', 'Take a Clock'],
  ['packages/seaworthy/src/simulate/deep/a.ts', 'Math.exp(2)', 'elementary.ts'],
  ['packages/seaworthy/src/model/chance/a.ts', 'Math.exp(2)', 'elementary.ts'],
  ['packages/seaworthy/src/rehearse/a.ts', 'setTimeout(Number, 1)', 'Take a Clock'],
  ['packages/seaworthy/src/simulate/deep/b.ts', 'Math.random()', 'Take a Random'],
  ['packages/seaworthy/src/judge/a.ts', 'Math.random()', 'Take a Random'],
  ['packages/seaworthy/src/judge/b.ts', 'Date.now()', 'Take a Clock'],
  ['packages/seaworthy/src/report/a.ts', 'console.log(1)', 'console'],
  [
    'packages/seaworthy/src/report/b.ts',
    'void import("../x.ts").then(); (async () => {})()',
    'floating',
  ],
  [
    'packages/seaworthy/src/report/c.ts',
    `function long() {${'\n'.repeat(71)}}\nlong()`,
    'Maximum allowed is 70',
  ],
  ['packages/seaworthy/src/report/d.ts', '\n'.repeat(301), '300'],
  ...imports([
    ['packages/policy/src/retry', 'node:fs', 'depends on nothing'],
    ['packages/policy/src/retry', 'yaml', 'depends on nothing'],
    ['packages/policy/src/retry', '../testing/virtual-clock.ts', 'Only tests'],
    ['packages/seaworthy/src/judge', 'node:timers', 'Clocks and dice'],
    ['packages/seaworthy/src/judge', 'node:timers/promises', 'Clocks and dice'],
    ['packages/seaworthy/src/simulate', 'node:perf_hooks', 'Clocks and dice'],
    ['packages/seaworthy/src/model', 'node:crypto', 'Clocks and dice'],
    ['packages/seaworthy/src/model', '../simulate/simulate.ts', 'point one way'],
    ['packages/seaworthy/src/signals', '../judge/judge.ts', 'point one way'],
    ['packages/seaworthy/src/simulate', '../judge/judge.ts', 'point one way'],
    ['packages/seaworthy/src/simulate/deep', '../../rehearse/run.ts', 'point one way'],
    ['packages/seaworthy/src/rehearse/proxy', '../../simulate/world.ts', 'point one way'],
    ['packages/seaworthy/src/model', '../rehearse/run.ts', 'point one way'],
    ['packages/seaworthy/src/traffic', '../simulate/world.ts', 'point one way'],
    ['packages/seaworthy/src/library', '../traffic/rate.ts', 'point one way'],
    ['packages/seaworthy/src/check', '../simulate/simulate.ts', 'knows no other world'],
    ['packages/seaworthy/src/judge', '../report/terminal.ts', 'point one way'],
    ['packages/seaworthy/src/report', '../cli/main.ts', 'point one way'],
    ['packages/seaworthy/src/library', '../simulate/world.ts', 'point one way'],
  ]),
  ['packages/seaworthy/src/cycle/one.ts', "import './two.ts'", 'cycle'],
  ['packages/seaworthy/src/cycle/two.ts', "import './one.ts'", 'cycle'],
];

/**
 * What must pass: the files of the real clock and the real dice, imports in the right direction.
 */
const allowed: readonly (readonly [path: string, code: string])[] = [
  ['packages/policy/src/time/system.ts', 'setTimeout(Number, performance.now())'],
  ['packages/policy/src/random/system.ts', 'Math.random()'],
  ['packages/seaworthy/src/model/hash.ts', "import 'node:crypto'"],
  ['packages/seaworthy/src/cli/clock.ts', 'console.log(Date.now())'],
  [
    'packages/seaworthy/src/simulate/right.ts',
    "import '@seaworthy/policy/engine'; import '../model/model.ts'",
  ],
  ['packages/seaworthy/src/judge/right.ts', 'Math.log(2)'],
  ['packages/seaworthy/src/rehearse/load/system.ts', 'setImmediate(Number)'],
  ['packages/seaworthy/src/rehearse/load/right.ts', "import '../../traffic/rate.ts'"],
];

function imports(rows: [folder: string, from: string, says: string][]) {
  return rows.map(
    ([folder, from, says], index) =>
      [`${folder}/import${index}.ts`, `import '${from}'`, says] as const,
  );
}

interface Finding {
  readonly filename: string;
  readonly code: string;
}

describe('the lint rules', () => {
  const root = resolve(import.meta.dirname, '..');
  const copy = mkdtempSync(join(tmpdir(), 'seaworthy-lint-'));
  let findings: readonly Finding[] = [];

  beforeAll(() => {
    for (const [path, code] of [...broken, ...allowed]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), `${code};\nexport {};\n`);
    }
    copyFileSync(join(root, '.oxlintrc.json'), join(copy, '.oxlintrc.json'));
    copyFileSync(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const linter = spawnSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', 'packages'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    findings = JSON.parse(linter.stdout).diagnostics;
  });

  afterAll(() => rmSync(copy, { recursive: true }));

  it.each(broken)('refuse what $0 shows: $2', (path, _code, says) => {
    const said = findings.filter((finding) => finding.filename === path);
    expect(said.map((finding) => JSON.stringify(finding))).toContainEqual(
      expect.stringContaining(says),
    );
  });

  it.each(allowed)('allow in $0: $1', (path) => {
    const banned = /no-restricted|no-console|promises/;
    const said = findings.filter((finding) => finding.filename === path);
    expect(said.filter((finding) => banned.test(finding.code))).toEqual([]);
  });
});
