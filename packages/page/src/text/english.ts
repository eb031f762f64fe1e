import { momentText, numberText } from '../seaworthy.ts';
import { limits } from './english-limits.ts';
import { replicas } from './english-replicas.ts';
import { requests } from './english-requests.ts';
import { response } from './english-response.ts';

/**
 * Everything that the page says, here and in the files beside this one: another language is other
 * files with these keys. What a run itself says (names, findings, events) comes as it was written.
 */
export const text = {
  outcome: { pass: 'Pass', fail: 'Fail', inconclusive: 'Inconclusive', invalid: 'Invalid' },
  notJudged: 'Not judged',
  sign: { pass: '✓', fail: '✗', inconclusive: '?', invalid: '!' },
  severity: { critical: 'critical', high: 'high', medium: 'medium' },

  drop: {
    title: 'Drop a run here',
    how: 'The folder that seaworthy simulate left: run.json and events.ndjson.gz. Two are compared.',
    choose: 'Or choose it:',
    wrong: (problem: string) => `That is no run: ${problem}`,
  },
  live: 'live',
  runs: {
    shown: 'Run',
    beside: 'Beside it',
  },
  controls: {
    theme: 'Light or dark',
    help: 'Keys',
    close: 'Close',
    all: 'Show all',
    about: (name: string) => `About ${name}`,
  },
  keys: [
    ['← →', 'move the cursor; with Shift ten times as far'],
    ['[ ]', 'the event before, the next event'],
    ['Space', 'play, stop'],
    ['j k', 'the next finding, the one before'],
    ['n', 'the next step of the finding that is shown'],
    ['w s', 'nearer, further'],
    ['a d', 'earlier, later'],
    ['c', 'swap the two runs'],
    ['t', 'who calls whom'],
    ['Esc', 'all of the run'],
    ['?', 'this list'],
  ],
  limits,
  comparison: {
    difference: 'difference',
    second: (label: string) => `${label} is`,
    points: (difference: string, half: string) => `${difference} points ± ${half}`,
    better: '✓ better',
    worse: '✗ worse',
    same: '= no difference to be seen',
    unknown: '? not enough data',
    success: 'tasks that succeed',
    goodput: 'succeeded',
    p50: 'p50',
    p99: 'p99',
    attempts: 'attempts per call',
    rejected: 'refused',
    note:
      'Both over the part that is shown. The interval holds the mean difference with 95 %, by ten ' +
      'stretches of time; it tells the noise within these two runs, not that between seeds.',
  },
  loading: 'Reading the run…',
  awaited: (names: string) =>
    `Waiting for ${names}: nothing is recorded there yet. It is shown here as soon as something is.`,
  verdict: {
    scenario: 'scenario',
    environment: 'environment',
    seed: 'seed',
    length: 'length',
    replications: 'replications',
    why: 'Why',
    todo: 'To do',
    passes: 'tried: the scenario passes',
    untried: 'not tried yet',
    engine: 'engine',
    model: 'model',
    worlds: { simulate: 'simulated', rehearse: 'rehearsed' },
    interrupted: (at: string, of: string) =>
      `Interrupted at ${at} of ${of}: what is said here is of this part.`,
  },
  sections: {
    objectives: 'Objectives',
    findings: 'Findings',
    timeline: 'Timeline',
    topology: (moment: string) => `Who calls whom, at ${moment}`,
    charts: 'Over time',
    response: 'By load',
    edges: 'Calls',
    requests: 'Request by request',
    comparison: 'Beside each other',
    provenance: 'What was run',
  },

  objectives: {
    firstBroken: (at: string) => `first broken at ${at}`,
    none: 'The file states no objectives.',
    spare: (share: number) => `${Math.floor(share * 100)} % to spare`,
    beyond: (share: number) => `${Math.ceil(share * 100)} % beyond`,
    times: (factor: number) => `${numberText(factor)}× the limit`,
    misses: (factor: number) => `${numberText(factor)}× what may fail`,
    failedIn: (count: number, of: number) => `failed in ${count} of ${of} replications`,
  },

  findings: {
    none: 'Nothing was found.',
    noneKnown:
      'None of the known ways to fail was recognised: what happened is in the charts, over time.',
    span: (fromMs: number, toMs: number) => `${momentText(fromMs)} to ${momentText(toMs)}`,
    seenIn: (count: number, of: number) => `in ${count} of ${of} replications`,
    sustained: 'What keeps it going',
    order: 'In order',
    change: 'Suggested change',
    vain: 'A change that was tried in vain',
    asIn: (finding: number) => `The same change as in finding ${finding}.`,
    without: 'without the change',
    with: 'with it',
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
    worse: 'Worse:',
    instead: (count: number) => (count === 1 ? '1 other change' : `${count} other changes`),
  },

  provenance: {
    world: 'how',
    worlds: {
      simulate: 'simulated: services are modelled, the policies are the code that ships',
      rehearse: 'rehearsed: real processes under load that was made for them',
    },
    model: 'model',
    seeds: 'seeds',
    shown: 'shown',
    worst: (seed: number) => `seed ${seed}, the worst`,
    intervals: 'intervals',
    each: (count: number, length: string) => `${count} of ${length}`,
    warmUp: 'warm-up',
    dropped: 'left out',
    tooMany: (count: number) => `${count} events: there were too many to record`,
    record: 'record',
    again: 'again',
    copy: 'Copy',
    accuracy:
      'Numbers of the verdict are of all replications. Charts and tables are of the one that is ' +
      'shown; their percentiles are at most 3 % off, those of the verdict 0.4 %.',
  },

  timeline: {
    key: 'Line: what came. Blue: what succeeded. Red: what was lost.',
    warmUp: 'Pale: the warm-up, which does not count.',
    hint: 'Drag to choose a part of the run.',
  },

  topology: {
    legend:
      'Width of a line: tasks a second; the band around it: attempts for them. Red: fewer of them ' +
      'succeed. In a box: requests that hold a slot, of how many; before it: those that wait.',
    kind: { source: 'traffic', service: 'service', queue: 'queue' },
    edge: (name: string, offered: string, attempts: string, success: string) =>
      `${name}: ${offered} tasks, ${attempts} attempts, ${success} succeed`,
    publishes: (from: string, to: string, rate: string) => `${from} puts ${rate} into ${to}`,
    refused: (rate: string) => `which refuses ${rate}`,
    legendOfQueues: 'Dots: messages on their way into a queue.',
    inWork: 'requests in work, of slots',
    waiting: (count: string) => `${count} wait`,
    breaker: (share: string) => `breaker open ${share}`,
    fallback: (share: string) => `fallback ${share}`,
    budgetEmpty: 'budget empty',
    atLimit: 'at its limit',
  },
  player: {
    play: 'Play',
    pause: 'Pause',
    before: 'The event before',
    after: 'The next event',
    moment: 'Moment of the run',
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
    limitQueue: 'Calls that wait for a slot of the limit',
    limitWait: 'Waiting for a slot of the limit, p99',
    inFlight: 'Attempts in flight',
    ready: 'Replicas that callers can choose',
    paused: 'Replicas that stand still',
    cached: 'Answered from the cache',
    recomputing: 'Recomputations of one key at once',
    spread: 'The slowest replica, in times of the fastest',
    budget: 'Left in the retry budget',
    wasted: 'Work for callers that had gone',
    breaker: 'Breakers that are not closed',
    fallback: 'Answered by a fallback',
    backlog: 'Messages that wait',
    age: 'Age of the oldest message',
    processed: 'From publishing to processed, p99',
    table: 'Table',
    moment: 'from',
    objective: (statement: string) => `Objective: ${statement}`,
    nothing: (label: string) => `${label}: nothing`,
    line: (label: string, first: string, highest: string, moment: string, last: string) =>
      `${label}: ${first} at first, ${highest} at most, at ${moment}, ${last} at the end`,
    calmer: (count: number) => `${count} calmer ${count === 1 ? 'one is' : 'ones are'} not drawn.`,
    unanswered: 'Where nothing is drawn, nothing was answered.',
    tooFew: (percentiles: readonly string[]) => `Too few answers for ${percentiles.join(', ')}.`,
    lateFailures: 'Drawn are answered calls; an objective counts those that failed late as well.',
    steps: (percentile: string, step: string) => `${percentile} in steps of up to ${step}.`,
  },
  lanes: {
    breaker: 'breaker not closed:',
    fallback: 'fallback is the normal path:',
    limit: 'at its limit:',
  },

  replicas,
  requests,
  response,

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
    more: (count: number) => `Show ${count} calmer calls`,
    copy: 'Copy as CSV',
    inSpan: (fromMs: number, toMs: number) =>
      `Numbers of ${momentText(fromMs)} to ${momentText(toMs)}. Effective: calls that succeed, after ` +
      'retries; actual: single attempts that do. In flight: the most at once. A dash: ' +
      'too few calls to tell.',
  },
};
