import type { Run } from '../signals/run.ts';

/** When which fault was at work, as the events of a run tell it. */
export interface FaultSpan {
  readonly atMs: number;
  /** Infinity: it did not end. */
  readonly forMs: number;
  readonly text: string;
}

/** Each that began, with the first end of the same that comes after it. */
export function faultSpans({ events }: Pick<Run, 'events'>): readonly FaultSpan[] {
  const ended = new Set<number>();
  return events.flatMap((began, index) => {
    if (began.kind !== 'fault-began') return [];
    const end = events.findIndex(
      (event, at) =>
        at > index &&
        event.kind === 'fault-ended' &&
        event.subject === began.subject &&
        event.text === began.text &&
        !ended.has(at),
    );
    ended.add(end);
    const forMs = (events[end]?.atMs ?? Infinity) - began.atMs;
    return [{ atMs: began.atMs, forMs, text: began.text }];
  });
}
