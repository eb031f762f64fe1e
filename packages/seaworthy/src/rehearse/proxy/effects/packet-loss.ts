import type { RandomStream } from '@seaworthy/policy/engine';

import { type EffectOf, milliseconds } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** What a segment carries on Ethernet: 1,500 bytes less the headers of IP and TCP. */
const segmentBytes = 1460;

/** The first retransmission comes after Linux's shortest timeout (TCP_RTO_MIN), then twice that. */
const retransmitMs = 200;

/** A lost SYN is sent again after a second (RFC 6298, section 2.1), then after twice that. */
const synRetransmitMs = 1000;

/** Ten retransmissions of a segment already take more than three minutes. */
const retransmitsMax = 10;

/** Six of a SYN take two minutes; then Linux gives up (`tcp_syn_retries`). */
const synRetransmitsMax = 6;

/**
 * What an application sees of lost packets, which is that bytes come late: the timeouts of the
 * retransmissions. The shrinking of TCP's window, which makes bulk transfers slow, is not a part.
 */
export function packetLoss({ share }: EffectOf<'packet_loss'>, random: RandomStream): EffectRunner {
  const lateMs = (lossShare: number, firstMs: number, most: number): number => {
    let totalMs = 0;
    let nextMs = firstMs;
    let isLost = random.next() < lossShare;
    for (let times = 0; isLost && times < most; times++) {
      totalMs += nextMs;
      nextMs *= 2;
      isLost = random.next() < share;
    }
    return totalMs;
  };
  return {
    begin: (hit) => {
      const { connection, exchange } = hit;
      const isNew = exchange === undefined && connection.isNew;
      hit.delayMs = isNew ? lateMs(share, synRetransmitMs, synRetransmitsMax) : 0;
      if (hit.delayMs > 0) hit.tell(`SYN lost: connected ${milliseconds(hit.delayMs)} later`);
    },
    delayMs: (hit, { data }) => {
      const segments = Math.max(1, Math.ceil(data.length / segmentBytes));
      const ms = lateMs(1 - (1 - share) ** segments, retransmitMs, retransmitsMax);
      if (ms > 0) hit.tell(`packet lost: ${milliseconds(ms)} later`);
      const connectMs = hit.delayMs;
      hit.delayMs = 0;
      return ms + connectMs;
    },
  };
}
