import type { RandomStream } from '@seaworthy/policy/engine';

import type { Effect } from '../fault.ts';
import type { Flow } from '../flow/flow.ts';
import type { Parcel } from '../flow/parcel.ts';
import type { Hit } from '../plan/hit.ts';
import { bandwidth } from './bandwidth.ts';
import { blackhole } from './blackhole.ts';
import { halfOpen } from './half-open.ts';
import { httpStatus } from './http-status.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { packetLoss } from './packet-loss.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';

/**
 * What a fault does to what it has hit. For bytes: first all faults cut, then all split, then all
 * delay, so that it does not matter in which order they were put up.
 */
export interface EffectRunner {
  /** What it is drawn for, where its nature leaves no choice. */
  readonly each?: 'request' | 'connection';
  /** It works on the bytes of both directions. */
  readonly bothWays?: true;
  /** It works on the edge as a whole: nobody listens. */
  readonly refuses?: true;
  /** It answers requests in place of the callee. */
  readonly answer?: { readonly status: number; readonly headers: string; readonly body: string };
  /** The connection or request has just been hit. */
  readonly begin?: (hit: Hit) => void;
  /** May shorten a parcel, and say what follows it; or let the connection drop everything. */
  readonly cut?: (hit: Hit, parcel: Parcel, flow: Flow) => void;
  readonly split?: (hit: Hit, parcel: Parcel) => Parcel[];
  /** Infinity: until the fault is taken down. */
  readonly delayMs?: (hit: Hit, parcel: Parcel) => number;
  /** The same for the end of a stream. */
  readonly endDelayMs?: (hit: Hit) => number;
  /** The fault was taken down. What it has delayed goes by itself. */
  readonly end?: (hit: Hit) => void;
}

/** What an effect does; `random` is its own stream. */
export function runnerOf(effect: Effect, random: RandomStream): EffectRunner {
  switch (effect.kind) {
    case 'noop':
      return {};
    case 'latency':
      return latency(effect, random);
    case 'packet_loss':
      return packetLoss(effect, random);
    case 'bandwidth':
      return bandwidth(effect);
    case 'slicer':
      return slicer(effect, random);
    case 'slow_close':
      return slowClose(effect);
    case 'timeout':
      return timeout(effect);
    case 'blackhole':
      return blackhole;
    case 'half_open':
      return halfOpen(effect);
    case 'reset_peer':
      return resetPeer(effect);
    case 'limit_data':
      return limitData(effect);
    case 'refuse':
      return { refuses: true };
    case 'http_status':
      return httpStatus(effect);
  }
}
