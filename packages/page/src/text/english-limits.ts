/** What the page says of the loads that a system carries. */
export const limits = {
  state: {
    failing: '✗ Failing',
    stable: '✓ Stable',
    vulnerable: '✗ Vulnerable',
    overloaded: '✗ Overloaded',
    inconclusive: '? Inconclusive',
  },
  loop: 'Up and down again',
  loopNote:
    'Share that one run serves at each load. Where the way down is below the way up, a push ' +
    'brings the system down for good. Bands: 95 % intervals, from many runs.',
  noLoop: 'There is no loop: it was stopped before.',
  up: 'load goes up',
  down: 'and down',
  stable: 'stable up to',
  vulnerable: 'vulnerable up to',
  given: 'the load of the file',
  trigger: (name: string) => `Trigger: ${name}`,
  tips: (at: string, low: string, high: string, runs: number) =>
    `Half of the runs collapse at ${at} (95 %: ${low} to ${high}; ${runs} runs).`,
  neverTips: (runs: number) =>
    `There is no size at which half of the runs collapse (${runs} runs).`,
  curveNote:
    'Probability of collapse by size. A mark at the top: a run that collapsed; at the ' +
    'bottom: one that did not.',
  noCurve: 'No run was made.',
  asWritten: 'as in the file',
  simulated: 'simulated',
  effort: (runs: string, time: string) => `${runs} runs, ${time}`,
};
