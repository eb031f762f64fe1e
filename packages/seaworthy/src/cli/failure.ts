import { CommanderError } from 'commander';

import { ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** Tells the user what went wrong, on stderr, and says what the process ends with. */
export async function reportFailure(error: unknown, version: string): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    // Help and version come this way too, with 0; commander has printed all of them.
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  }
  if (error instanceof UsageError) {
    tell(error.hint === undefined ? [error.message] : [error.message, error.hint]);
    return ExitCode.usage;
  }
  // By name: the class would bring the schema with it, which takes longer to load than all the
  // rest.
  if (error instanceof Error && error.name === 'ModelError') {
    const { formatProblems, ModelError } = await import('../model/problem.ts');
    if (error instanceof ModelError) {
      process.stderr.write(`${formatProblems(error)}\n`);
      return ExitCode.usage;
    }
  }
  tellInternal(error, version);
  return ExitCode.internal;
}

function tellInternal(error: unknown, version: string): void {
  const problem = error instanceof Error ? error : new Error(String(error));
  const seed = 'seed' in problem ? `, seed ${String(problem.seed)}` : '';
  tell([
    `internal error: ${problem.message}`,
    'This is a defect of Seaworthy. Please report it with the file, this command line, and:',
    `  seaworthy ${version}, node ${process.version}, ${process.platform} ${process.arch}${seed}`,
    ...(process.env['SEAWORTHY_DEBUG'] === '1'
      ? [problem.stack ?? '']
      : ['  and what it prints with SEAWORTHY_DEBUG=1 set']),
  ]);
}

function tell(lines: readonly string[]): void {
  process.stderr.write(`error: ${lines.join('\n')}\n`);
}
