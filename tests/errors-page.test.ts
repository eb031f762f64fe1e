import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reasonNames } from '../packages/policy/src/call/reason.ts';
import type { Reason } from '../packages/policy/src/call/reason.ts';
import { OptionError } from '../packages/policy/src/options/reader.ts';
import { ChaosError } from '../packages/policy/src/chaos/chaos-error.ts';
import { PolicyError } from '../packages/policy/src/promise/policy-error.ts';
import { FileError } from '../packages/seaworthy/src/library/file-error.ts';

/** The rows of all tables on the page, as `code: second, whether it is retryable`. */
const rows = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `SEAWORTHY_'))
  .map((line) => {
    const [, code, second, ...more] = line.split('|').map((cell) => cell.trim());
    return `${code} ${second} ${/^\w+/.exec(more.at(-2)!)![0]}`;
  });

it('docs/errors.md has every code, and says of each what the code says', () => {
  const decisions = reasonNames.flatMap((word, reason) => {
    if (word === 'none') return [];
    const { code, reason: said, retryable } = new PolicyError('payments', reason as Reason);
    return [`\`${code}\` \`${said}\` ${retryable ? 'yes' : 'no'}`];
  });
  const others = [
    `\`${new OptionError('', 1, '').code}\` \`OptionError\` no`,
    `\`${new FileError('').code}\` \`FileError\` no`,
    `\`${new ChaosError('', 'error').code}\` \`ChaosError\` by`,
  ];
  expect(rows.toSorted()).toEqual([...decisions, ...others].toSorted());
});
