import type { Outcome } from '../judge/verdict.ts';

/** What the process ends with. The same for every verb. */
export const ExitCode = {
  ok: 0,
  /** An objective or a finding failed. */
  failed: 1,
  /** The command line or a file is wrong. */
  usage: 2,
  /** Not enough was seen to tell, or what was seen says nothing. */
  inconclusive: 3,
  /** A defect of Seaworthy: EX_SOFTWARE of sysexits. */
  internal: 70,
  /** 128 + SIGINT, as a shell has it. */
  interrupted: 130,
} as const;

/** One of the values of {@link ExitCode}. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome) {
    case 'pass':
      return ExitCode.ok;
    case 'fail':
      return ExitCode.failed;
    case 'inconclusive':
    case 'invalid':
      return ExitCode.inconclusive;
  }
}
