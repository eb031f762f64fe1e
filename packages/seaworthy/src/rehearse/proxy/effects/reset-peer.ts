import { bytesText, type EffectOf, milliseconds } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/**
 * RST to both ends. After a time: nothing passes until then, idle or not, and everything does when
 * the fault is taken down before. After so many bytes: those pass.
 */
export function resetPeer({ timeoutMs, bytes }: EffectOf<'reset_peer'>): EffectRunner {
  if (bytes !== undefined) return afterBytes(bytes);
  return {
    begin: (hit) => {
      const { connection } = hit;
      hit.tell(timeoutMs > 0 ? `held; reset after ${milliseconds(timeoutMs)}` : 'reset');
      if (timeoutMs > 0) hit.after(timeoutMs, () => connection.reset());
      else connection.reset();
    },
    delayMs: () => Infinity,
    endDelayMs: () => Infinity,
  };
}

function afterBytes(bytes: number): EffectRunner {
  return {
    cut: (hit, parcel) => {
      const before = hit.bytes;
      hit.bytes += parcel.data.length;
      if (hit.bytes < bytes) return;
      parcel.closeAfter(bytes - before, 'reset');
      hit.tell(`reset after ${bytesText(bytes)}`);
    },
  };
}
