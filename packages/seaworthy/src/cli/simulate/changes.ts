import { withDifferences } from '../../judge/changes/differences.ts';
import { changeText } from '../../judge/changes/text.ts';
import { tryChanges } from '../../judge/changes/try.ts';
import { judge } from '../../judge/judge.ts';
import type { Verdict } from '../../judge/verdict.ts';
import type { Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { runLengthMs } from '../../model/run-length.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import { replicate, type Session } from './session.ts';

/**
 * The verdict with its changes as lines of the file, and with what each of them did when it was
 * tried, unless that was not wanted.
 *
 * @param run the one that stands for all
 */
export function withChanges(
  session: Session,
  scenario: Scenario | undefined,
  verdict: Verdict,
  run: Run,
): Promise<Verdict> | Verdict {
  const proposed = withDifferences(verdict, session.read.edit);
  if (!session.options.try) return proposed;
  const forMs = runLengthMs(session.model, scenario);
  return tryChanges(proposed, {
    edit: session.read.edit,
    shown: { model: session.model, run },
    judged: async (edited, change) => {
      // As long as without the change, whatever that would make of the time it takes to tell.
      const alike: Model = { ...edited, run: { ...edited.run, forMs } };
      const model = withRecordings(alike, session.recordings);
      const same = model.scenarios.find(({ name }) => name === scenario?.name);
      const runs = await replicate(session, model, same, changeText(change));
      if (session.pool.interrupted) return undefined;
      return { verdict: judge(model, same, runs, ''), runs };
    },
  });
}
