import { existsSync } from 'node:fs';

import { Command } from 'commander';

import { ExitCode } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';

/** `seaworthy explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Print the effective model, and where each value comes from; or what a rule means.',
    )
    .argument('[file or rule]', 'the model, or a rule such as RT05', 'seaworthy.yaml')
    .option('--env <name>', 'with the overlay of this environment')
    .action(async (subject: string, options: { readonly env?: string }) => {
      const text = isRule(subject)
        ? await rulePageOf(subject)
        : await modelText(subject, options.env);
      process.stdout.write(text);
      process.exitCode = ExitCode.ok;
    });
}

/** A file by such a name is meant as the file that it is. */
function isRule(subject: string): boolean {
  return /^[a-z]{2}\d{1,3}$/i.test(subject) && !existsSync(subject);
}

async function rulePageOf(subject: string): Promise<string> {
  const { allRules: rules } = await import('../../check/rules/rules.ts');
  const { absentRules } = await import('../../check/rules/absent.ts');
  const { absentPage, rulePage } = await import('../../check/rules/page.ts');
  const isSubject = ({ id }: { readonly id: string }): boolean => id === subject.toUpperCase();
  const rule = rules.find(isSubject);
  const { wrapPage } = await import('../../report/wrap.ts');
  if (rule !== undefined) return wrapPage(rulePage(rule));
  const absent = absentRules.find(isSubject);
  if (absent !== undefined) return wrapPage(absentPage(absent));
  const family = subject.slice(0, 2).toUpperCase();
  const known = rules.map(({ id }) => id);
  const near = known.filter((id) => id.startsWith(family));
  throw new UsageError(
    `unknown rule "${subject}"`,
    `known here: ${(near.length > 0 ? near : known).join(', ')}`,
  );
}

async function modelText(file: string, environment: string | undefined): Promise<string> {
  const { loadModel } = await import('../load-model.ts');
  const { explain } = await loadModel(file, environment);
  const { renderExplain } = await import('../../model/explain-text.ts');
  return renderExplain(explain);
}
