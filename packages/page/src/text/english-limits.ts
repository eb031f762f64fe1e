/** What the page says of the loads that a system carries. */
export const limits = {
  state: {
    failing: '✗ Failing',
    stable: '✓ Stable',
    vulnerable: '✗ Vulnerable',
    overloaded: '✗ Overloaded',
    inconclusive: '? Inconclusive',
  },
  limits: 'Limits',
  limitsHead: ['limit', 'at', '95 % interval', 'runs'],
  headroom: 'headroom, stable over load',
  fragility: 'fragility, vulnerable over stable',
  tipsAt: (name: string) => `half collapse: ${name}`,
  starts: 'Two starts, at the load of the file',
  startsHead: ['start', 'collapsed', 'of runs', 'probability, 95 %'],
  cold: 'from an empty start',
  hot: 'after a collapse',
  failing: 'Failing at every load',
  failingHead: ['load'],
  loopHead: ['load', 'on the way', 'served', 'misses'],
  curveHead: ['size', 'collapsed', 'of runs', 'share, 95 %'],
  loop: 'Up and down again',
  loopNote:
    'Share that one run serves at each load. Where the way down is below the way up, a push ' +
    'brings the system down for good. Bands: 95 % intervals, from many runs.',
  noLoop: 'There is no loop: it was stopped before.',
  up: 'load goes up',
  down: 'and down',
  way: { up: 'up', down: 'down' },
  stable: 'stable up to',
  vulnerable: 'vulnerable up to',
  given: 'the load of the file',
  trigger: (name: string) => `Trigger: ${name}`,
  tips: (at: string, low: string, high: string, runs: number) =>
    `Half of the runs collapse at ${at} (95 %: ${low} to ${high}; ${runs} runs).`,
  tipsBetween: (low: string, high: string, runs: number) =>
    `Half of the runs collapse somewhere between ${low} and ${high} (95 %; ${runs} runs).`,
  nothingTips: (upTo: string, runs: number) => `Nothing tips it up to ${upTo} (${runs} runs).`,
  fewTip: (upTo: string, collapsed: number, runs: number) =>
    `Less than half of the runs collapse up to ${upTo} (${collapsed} of ${runs}).`,
  mostTip: (downTo: string, collapsed: number, runs: number) =>
    `Most of the runs collapse, down to ${downTo} (${collapsed} of ${runs}).`,
  notRun: 'There was no run of it.',
  curveNote:
    'Probability of collapse by size. A mark at the top: a run that collapsed; at the ' +
    'bottom: one that did not.',
  noCurve: 'No run was made.',
  asWritten: 'as in the file',
  simulated: 'simulated',
  effort: (runs: string, time: string) => `${runs} runs, ${time}`,
};
