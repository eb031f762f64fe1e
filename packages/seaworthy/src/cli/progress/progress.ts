import { coloursOf } from '../../report/colours.ts';
import { wantsColour } from '../colour.ts';
import type { Progress } from './event.ts';
import { JsonProgress } from './json.ts';
import { PlainProgress } from './plain.ts';
import { TtyProgress } from './tty.ts';

export type ProgressKind = 'auto' | 'tty' | 'plain' | 'json' | 'none';

/** Progress goes to stderr, so that stdout is the report and nothing else. */
export function progressFor(kind: ProgressKind, colour: boolean): Progress {
  const stream = process.stderr;
  switch (kind === 'auto' ? automatic() : kind) {
    case 'tty':
      return new TtyProgress(stream, coloursOf(wantsColour(stream, colour)));
    case 'plain':
      return new PlainProgress(stream);
    case 'json':
      return new JsonProgress(stream);
    case 'none':
      return silent;
  }
}

/** A block that is drawn over is of no use in a log, and build machines keep logs. */
function automatic(): 'tty' | 'plain' {
  const { CI, TERM } = process.env;
  const isTerminal = process.stderr.isTTY && TERM !== 'dumb';
  return isTerminal && (CI === undefined || CI === '') ? 'tty' : 'plain';
}

const silent: Progress = {
  silent: true,
  tell: () => undefined,
  close: () => undefined,
};
