import { bytesText, type EffectOf } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/**
 * One end has gone without a word, as a host without power does. Both sockets stay open, and what
 * is sent is taken and lost; a reset tells them in the end.
 */
export function halfOpen({ bytes }: EffectOf<'half_open'>): EffectRunner {
  return {
    begin: (hit) => {
      if (bytes > 0) return;
      hit.connection.losePeers();
      hit.tell('half open from the start');
    },
    cut: (hit, parcel) => {
      const before = hit.bytes;
      hit.bytes += parcel.data.length;
      if (hit.bytes < bytes) return;
      parcel.closeAfter(bytes - before, 'lose');
      hit.tell(`half open after ${bytesText(bytes)}`);
    },
    end: ({ connection }) => {
      if (connection.hasLostPeers) connection.reset();
    },
  };
}
