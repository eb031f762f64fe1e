import type { Distribution } from './model.ts';

/** What lies between caller and callee. */
export interface NetworkSettings {
  /** One way. */
  readonly latency: Distribution;
  /** The share of messages that are lost and sent again. */
  readonly loss: number;
  /** Undefined: connections are there already, and stay. */
  readonly connections: ConnectionSettings | undefined;
  /** Undefined: it is as fast at all times. */
  readonly spells: SlowSpells | undefined;
}

/** Times in which all messages are slower: what is slow now is slow in a moment, too. */
export interface SlowSpells {
  /** From the end of one to the beginning of the next, on average; exponential. */
  readonly everyMs: number;
  /** How long one lasts, on average; exponential. */
  readonly forMs: number;
  readonly factor: number;
}

/** Connections that have to be opened first. */
export interface ConnectionSettings {
  /** The share of attempts that find none open. */
  readonly share: number;
  /** The share of new connections whose name lookup loses an answer, and asks again. */
  readonly dnsSlow: number;
  /** The share of new connections whose name lookup fails. */
  readonly dnsFails: number;
}

export const profileNames = ['same-zone', 'cross-zone', 'cross-region'] as const;
export type ProfileName = (typeof profileNames)[number];

/** Names are looked up by the same resolver, wherever the callee is. */
const connections: ConnectionSettings = { share: 0.01, dnsSlow: 0.001, dnsFails: 0.0001 };

/**
 * Where the numbers come from: docs/simulator.md. The 99th percentile is five to eight times the
 * median in each.
 */
export const profiles: Readonly<Record<ProfileName, NetworkSettings>> = {
  'same-zone': {
    latency: { kind: 'log-normal', p50Ms: 0.13, p99Ms: 0.7 },
    loss: 0.0001,
    connections,
    spells: undefined,
  },
  'cross-zone': {
    latency: { kind: 'log-normal', p50Ms: 0.5, p99Ms: 4 },
    loss: 0.0002,
    connections,
    spells: undefined,
  },
  // Light takes most of the median, and never less.
  'cross-region': {
    latency: {
      kind: 'quantiles',
      points: [
        { share: 0, valueMs: 33 },
        { share: 0.5, valueMs: 35 },
        { share: 0.9, valueMs: 50 },
        { share: 0.99, valueMs: 175 },
        { share: 1, valueMs: 350 },
      ],
    },
    loss: 0.001,
    connections,
    spells: undefined,
  },
};
