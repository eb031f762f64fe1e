/** What the page says of single requests. */
export const requests = {
  why: { failed: 'Failed', slowest: 'Slowest', typical: 'Typical' },
  outcome: {
    pending: 'not over when the run ended',
    succeeded: 'succeeded',
    fallback: 'answered by a fallback',
    failed: 'failed',
  },
  choose: (sign: string, took: string, began: string) => `${sign} ${took}, at ${began}`,
  began: (began: string, took: string, outcome: string) =>
    `Began at ${began}, took ${took}: ${outcome}.`,
  because: (outcome: string, reason: string) => `${outcome}, ${reason}`,
  left: (count: number) => `${count} more calls and attempts are not drawn.`,
  none: 'None of those that were followed began in this part.',
  what: 'what',
  from: 'after',
  took: 'took',
  ended: 'ended',
  attempt: (number: number) => `attempt ${number}`,
  hedge: (number: number) => `attempt ${number}, a hedge`,
  replica: (number: number) => `replica ${number}`,
  still: 'was still running',
  segment: {
    limit: 'waits for the limit of the caller',
    travel: 'on its way',
    queue: 'waits for a slot of the callee',
    work: 'worked on',
    orphanQueue: 'waits there for nobody',
    orphan: 'worked on for nobody',
    backoff: 'waits to try again',
  },
  note:
    'One task in 200 was followed, from the end of the warm-up on; of these the slowest that were ' +
    'answered, some for each reason to fail, and some by chance.',
};
