/** What the page says of how a load is answered. */
export const response = {
  succeeded: (name: string) => `${name}: what succeeded of what came`,
  time: (name: string, percentile: string) => `${name}: ${percentile} at the load that came`,
  phase: {
    steady: 'load stays',
    before: 'before the trigger',
    during: 'while it is at work',
    after: 'after it',
    rising: 'load goes up',
    falling: 'and down',
  },
  all: 'all of it succeeds',
  load: 'tasks a second that came',
  at: (moment: string, load: string, value: string) => `at ${moment}: ${load} → ${value}`,
  reach: (low: string, high: string, least: string, most: string) =>
    `From ${low} to ${high} came; ${least} to ${most} succeeded.`,
  timeReach: (percentile: string, least: string, atLeast: string, most: string, atMost: string) =>
    `${percentile}: ${least} at ${atLeast}, ${most} at ${atMost}.`,
  two: (load: string, later: string, first: string) =>
    `One load, two answers: of ${load}, ${later} succeeded ${first}.`,
  first: {
    trigger: (when: string, rate: string) => `${when}, and ${rate} before the trigger`,
    leg: (when: string, rate: string) => `${when} on the way down, and ${rate} on the way up`,
  },
  span: (from: string, to: string) => `from ${from} to ${to}`,
  toTheEnd: (from: string) => `from ${from} to the end`,
  one: 'A load that came again had the same answer.',
  tooFew: 'Too few answers to tell how long they took at which load.',
  missing: 'Where there is no point, too few were answered.',
  point: 'from',
  phaseName: 'when',
  offered: 'came',
  answered: 'succeeded',
  more: (count: number) =>
    `${count} more ${count === 1 ? 'entry has' : 'entries have'} less traffic.`,
  note:
    'Each point is a short part of the run, joined in order of time. Where the way back is below the way ' +
    'there, what came before decides how a load is answered: that keeps a failure going after its trigger ' +
    'has ended. Choose a call or a service above to see its own.',
};
