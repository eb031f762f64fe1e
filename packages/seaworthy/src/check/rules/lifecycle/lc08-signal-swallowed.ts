import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { commandOf, shellScript } from '../../workloads/command.ts';
import { containersOf, staysUp } from '../../workloads/workload.ts';

const runners = /^(npm|yarn|pnpm|npx)$/;

export const lc08: Rule = {
  id: 'LC08',
  name: 'the signal to stop does not arrive',
  severity: 'high',
  formula:
    'the command starts by npm, yarn, pnpm or npx, or by a shell whose last command is not exec',
  why:
    'SIGTERM goes to the first process, which does not hand it on: the program is never told to ' +
    'stop, and is killed at the end of the grace period with all it works on',
  sources: [
    'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd',
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
  ],
  remedy:
    'Start the program itself (`node server.js`), or by `exec` as the last command of a shell.',
  needs: ['the command of a container'],
  *decide({ workloads }) {
    for (const { workload, container, name } of containersOf(workloads)) {
      const command = commandOf(container);
      if (command === undefined || !staysUp(workload)) continue;
      const swallowed = swallower(command.value);
      if (swallowed === undefined) continue;
      yield finding(name, {
        what: `it is started by ${swallowed}, which does not hand SIGTERM on`,
        numbers: [text('command', { ...command, value: command.value.join(' ') })],
        passes: 'a command that is the program itself, or `exec` before it',
        at: placeOf(command.origin, container.at),
      });
    }
  },
};

/** Who stands between the signal and the program. */
function swallower(words: readonly string[]): string | undefined {
  const program = words[0]?.split('/').at(-1) ?? '';
  if (runners.test(program)) return program;
  const script = shellScript(words)?.trim();
  if (script === undefined) return undefined;
  const last = script
    .split(/&&|\|\||;|\n/)
    .at(-1)!
    .trim();
  const isSimple = last === script && !/[|&;<>()$`\n]/.test(script);
  // A shell that runs a single plain command replaces itself by it, in most of them.
  if (/^exec\s/.test(last) || (isSimple && !runners.test(last.split(/\s/)[0]!))) return undefined;
  return isSimple ? last.split(/\s/)[0] : 'a shell';
}
