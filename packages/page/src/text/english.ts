import { momentText, numberText } from '../seaworthy.ts';

/**
 * Everything that the page says, in one place: another language is another file with these keys.
 * What a run itself says (names, findings, events) is not here; it comes as it was written.
 */
export const text = {
  outcome: { pass: 'Pass', fail: 'Fail', inconclusive: 'Inconclusive' },
  notJudged: 'Not judged',
  sign: { pass: '✓', fail: '✗', inconclusive: '?' },
  severity: { critical: 'critical', high: 'high', medium: 'medium' },

  loading: 'Reading the run…',
  noData: 'There is no run in this page.',

  verdict: {
    scenario: 'scenario',
    environment: 'environment',
    seed: 'seed',
    length: 'length',
    replications: 'replications',
    engine: 'engine',
    model: 'model',
    simulated: 'simulated',
    interrupted: (at: string, of: string) => `interrupted at ${at} of ${of}`,
  },

  sections: {
    objectives: 'Objectives',
    findings: 'Findings',
    timeline: 'Timeline',
    topology: 'At this moment',
    charts: 'Over time',
    edges: 'Calls',
    comparison: 'Side by side',
    provenance: 'What was run',
  },

  objectives: {
    required: 'required',
    observed: 'observed',
    replications: 'over replications',
    margin: 'margin',
    firstBroken: 'first broken',
    none: 'The file states no objectives.',
    spare: (share: number) => `${Math.floor(share * 100)} % to spare`,
    beyond: (share: number) => `${Math.ceil(share * 100)} % beyond`,
    times: (factor: number) => `${numberText(factor)}× the limit`,
    failedIn: (count: number, of: number) => `failed in ${count} of ${of} replications`,
    showAt: (moment: string) => `Show ${moment}`,
  },

  findings: {
    none: 'Nothing was found.',
    span: (fromMs: number, toMs: number) => `${momentText(fromMs)} to ${momentText(toMs)}`,
    seenIn: (count: number, of: number) => `in ${count} of ${of} replications`,
    sustained: 'What keeps it going',
    order: 'In order',
    change: 'Suggested change',
    copyChange: 'Copy the change',
    show: 'Show',
    shown: 'Shown',
    reproduce: 'Reproduce',
    copied: 'Copied',
    effect: {
      solves: 'Tried with the same seeds: the finding is gone.',
      helps: 'Tried with the same seeds: it helps in part.',
      trades: 'Tried with the same seeds: it helps, and something else is worse.',
      none: 'Tried with the same seeds: it does not help.',
    },
    passes: 'The scenario passes.',
    alsoGone: 'also gone',
    worse: 'worse',
    instead: (count: number) => (count === 1 ? '1 other change' : `${count} other changes`),
  },

  timeline: {
    load: 'load',
    faults: 'faults',
    findings: 'findings',
    breaker: 'breaker',
    hint: 'Drag to choose a part; Esc for all of it.',
    all: 'Show all',
  },

  charts: {
    traffic: 'What came, and what succeeded',
    offered: 'offered',
    succeeded: 'succeeded',
    answered: 'answered by a fallback',
    latency: 'Time to answer',
    attempts: 'Attempts per task',
    reasons: 'Why calls were not answered',
    reason: {
      failed: (reason: string) => `failed: ${reason}`,
      rejected: (reason: string) => `refused: ${reason}`,
    },
    utilisation: 'Slots in use',
    queue: 'Requests that wait for a slot',
    wait: (service: string) => `Waiting and work at ${service}, p99`,
    waiting: 'waiting',
    working: 'work',
    inFlight: 'Attempts in flight',
    budget: 'Left in the retry budget',
    wasted: 'Work for callers that had gone',
    breaker: 'Breakers that are not closed',
    fallback: 'Answered by a fallback',
    backlog: 'Messages that wait',
    age: 'Age of the oldest message',
    calmer: (count: number) => `${count} calmer ${count === 1 ? 'one is' : 'ones are'} not drawn.`,
    tooFew: (percentile: string) => `Too few answers for ${percentile}.`,
    steps: (percentile: string, step: string) => `${percentile} in steps of up to ${step}.`,
  },

  lanes: {
    breaker: 'breaker not closed:',
    fallback: 'fallback is the normal path:',
    limit: 'at its limit:',
  },

  edges: {
    call: 'call',
    offered: 'offered',
    effective: 'effective',
    actual: 'actual',
    attempts: 'attempts',
    p50: 'p50',
    p99: 'p99',
    p999: 'p99.9',
    wait: 'wait p99',
    rejected: 'rejected',
    fallback: 'fallback',
    inFlight: 'in flight',
    effectiveHelp: 'Success of calls, after retries and hedges',
    actualHelp: 'Success of single attempts, before retries',
    attemptsHelp: 'Attempts per task',
    copy: 'Copy as CSV',
    inSpan: (fromMs: number, toMs: number) =>
      `Numbers of ${momentText(fromMs)} to ${momentText(toMs)}. A dash: too few calls to tell.`,
  },
};
