import { stepsOf } from './cut-up.ts';
import type { EffectOf } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** Bytes pass in steps of this length: finer than that a stream does not feel slow, but bumpy. */
const stepMs = 20;

/** A link passes one byte after the other: when it will be free is all there is to know. */
class Link {
  freeMs = 0;
}

/** A link for each connection, or one for the edge; each direction has its own fault. */
export function bandwidth(effect: EffectOf<'bandwidth'>): EffectRunner {
  const { bytesPerSecond, shared } = effect;
  const common = new Link();
  const own = new WeakMap<object, Link>();
  const linkOf = (connection: object): Link => {
    if (shared) return common;
    let link = own.get(connection);
    if (link === undefined) own.set(connection, (link = new Link()));
    return link;
  };
  const stepBytes = Math.max(1, Math.floor((bytesPerSecond * stepMs) / 1000));
  return {
    split: (_hit, parcel) => stepsOf(parcel, stepBytes),
    delayMs: (hit, { data, arrivedMs }) => {
      if (data.length === 0) return 0;
      hit.tellOnce(`limited to ${bytesPerSecond} bytes/s`);
      if (bytesPerSecond === 0) return Infinity;
      const link = linkOf(hit.connection);
      link.freeMs = Math.max(link.freeMs, arrivedMs) + (data.length / bytesPerSecond) * 1000;
      return link.freeMs - arrivedMs;
    },
  };
}
