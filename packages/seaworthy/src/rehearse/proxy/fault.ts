import type { Distribution } from '../../model/model.ts';

/** Which way bytes go: `upstream` from the caller to the callee, `downstream` back. */
export type Direction = 'upstream' | 'downstream';

/**
 * What a fault is drawn for. `auto`: for each request on connections that speak HTTP, for each
 * connection on others; and for each connection where it hits all of them anyway.
 */
export type Each = 'request' | 'connection' | 'auto';

/** What a fault does. The names are those of Toxiproxy, where it knows the fault. */
export type Effect =
  /** Nothing. */
  | { readonly kind: 'noop' }
  /**
   * Each message, or on other protocols each burst of bytes, arrives later by a time drawn anew.
   */
  | { readonly kind: 'latency'; readonly time: Distribution }
  /**
   * Packets are lost and sent again, as TCP does: bytes arrive late, and all of them. `share` of
   * the packets, 0..1.
   */
  | { readonly kind: 'packet_loss'; readonly share: number }
  /** Bytes pass at this rate: of each connection, or of all connections of the edge together. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number; readonly shared: boolean }
  /** Bytes arrive in pieces of this size, give or take; each so much later than the one before. */
  | {
      readonly kind: 'slicer';
      readonly averageBytes: number;
      readonly variationBytes: number;
      readonly delayMs: number;
    }
  /** The end of the stream arrives later. */
  | { readonly kind: 'slow_close'; readonly delayMs: number }
  /**
   * Bytes vanish, and the connection is closed after this time; 0: when the fault is taken down.
   */
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  /** Nothing arrives on either side until the fault is taken down; then everything does. */
  | { readonly kind: 'blackhole' }
  /**
   * After so many bytes in its direction both ends have lost each other without being told: what
   * they send is taken and vanishes, and neither hears of the other again.
   */
  | { readonly kind: 'half_open'; readonly bytes: number }
  /**
   * RST to both ends: after so many bytes in its direction, or after a time; then nothing passes.
   */
  | { readonly kind: 'reset_peer'; readonly timeoutMs: number; readonly bytes: number | undefined }
  /** The stream ends after so many bytes, as if that were all. */
  | { readonly kind: 'limit_data'; readonly bytes: number }
  /** Nobody listens: connecting fails. Connections that are open stay. */
  | { readonly kind: 'refuse' }
  /** The request does not reach the callee, and is answered with this. */
  | {
      readonly kind: 'http_status';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

export type FaultKind = Effect['kind'];

/** A fault that is active now and then, the same for all connections of the edge. */
export interface Spells {
  /** How long it is active, and how long it is not, on average; exponential, in milliseconds. */
  readonly onMs: number;
  readonly offMs: number;
}

/** A fault as it is asked for. */
export interface FaultSettings {
  /** Unique on its edge. */
  readonly name: string;
  readonly direction: Direction;
  readonly effect: Effect;
  /** How many of what it is drawn for it hits, 0..1. */
  readonly share: number;
  readonly each: Each;
  /** Only connections that lead to these replicas. Undefined: all. */
  readonly replicas?: readonly number[];
  /** It hits so many, and then no more. Infinity: all. */
  readonly first: number;
  /** Undefined: it is active all the time. */
  readonly spells: Spells | undefined;
}

/** A fault for all that passes towards the caller, but for what the settings say. */
export function faultWith(
  effect: Effect,
  settings: Partial<Omit<FaultSettings, 'effect'>> = {},
): FaultSettings {
  return {
    name: effect.kind,
    direction: 'downstream',
    share: 1,
    each: 'auto',
    first: Infinity,
    spells: undefined,
    ...settings,
    effect,
  };
}
