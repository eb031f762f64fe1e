import { type EffectOf, milliseconds } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/**
 * Bytes vanish. So that no stream is ever handed on with a hole in it, the connection is closed
 * when the fault is taken down.
 */
export function timeout({ timeoutMs }: EffectOf<'timeout'>): EffectRunner {
  return {
    begin: (hit) => {
      const { connection } = hit;
      connection.flow(hit.fault.settings.direction).drop();
      hit.tell(timeoutMs > 0 ? `dropped; closed after ${milliseconds(timeoutMs)}` : 'dropped');
      if (timeoutMs > 0) hit.after(timeoutMs, () => connection.close());
    },
    end: ({ connection }) => connection.close(),
  };
}
