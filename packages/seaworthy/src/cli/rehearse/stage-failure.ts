import type { ReadResult } from '../../model/read.ts';
import { StageError } from '../../rehearse/stage/stage-error.ts';

/** What went wrong with the stage, where it stands in the file; and what its process said. */
export function stageFailure(read: ReadResult, error: unknown): unknown {
  if (!(error instanceof StageError)) return error;
  try {
    printDetails(error);
    const hint = isAttached(error)
      ? 'start it first, or say with `run` how it is started'
      : 'see that the command works in a terminal, and listens on the port in PORT';
    return read.refuse(error.path, error.message, hint);
  } catch (refused) {
    return refused;
  }
}

/** Whether it is about a service that runs already, or is to. */
export function isAttached({ path }: StageError): boolean {
  return path.at(-1) === 'address';
}

/** What a process printed last is more than anybody else knows of it. */
export function printDetails({ details }: StageError): void {
  if (details.length === 0) return;
  const lines = details.map((line) => `  ${line}\n`);
  process.stderr.write(`the last that it printed:\n${lines.join('')}\n`);
}
