import type { Span } from './span.ts';

/** One request that a service worked on. */
export interface TracedRequest {
  readonly service: string;
  readonly durationMs: number;
  readonly failed: boolean;
  /** Time in which it waited for nobody else. */
  readonly selfMs: number;
  /** What it called, in the order in which the calls began. */
  readonly calls: readonly TracedTask[];
}

/** One call, however many attempts it took. */
export interface TracedTask {
  readonly to: string;
  /** From the start of the request. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attempts: readonly { readonly durationMs: number; readonly failed: boolean }[];
}

interface Call {
  readonly to: string;
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  readonly again: boolean;
}

/** The requests of all spans: what each service was asked, and what it asked of others for it. */
export function requestsOf(spans: readonly Span[]): readonly TracedRequest[] {
  const byId = new Map(spans.map((it) => [`${it.trace} ${it.id}`, it]));
  const parentOf = (span: Span): Span | undefined => byId.get(`${span.trace} ${span.parent}`);
  const children = new Map<Span, Span[]>();
  for (const span of spans) {
    const parent = parentOf(span);
    if (parent === undefined) continue;
    const siblings = children.get(parent) ?? [];
    siblings.push(span);
    children.set(parent, siblings);
  }
  const entries = spans.filter((it) => isEntry(it, parentOf(it)));
  const requests = entries.map((entry) => requestOf(entry, callsWithin(entry, children)));
  return [...requests, ...missing(spans, children)];
}

/** Where work of a service begins: it was called, or it began by itself. */
function isEntry(span: Span, parent: Span | undefined): boolean {
  if (span.kind === 'client') return false;
  return span.kind === 'server' || parent === undefined || parent.service !== span.service;
}

/** The calls that a request made, through all that the service did itself. */
function callsWithin(entry: Span, children: ReadonlyMap<Span, readonly Span[]>): readonly Call[] {
  const calls: Call[] = [];
  const open = [...(children.get(entry) ?? [])];
  while (open.length > 0) {
    const span = open.pop()!;
    const inner = children.get(span) ?? [];
    if (span.kind === 'client') {
      const server = inner.find((it) => it.service !== span.service);
      calls.push({ ...span, to: server?.service ?? span.peer ?? span.operation });
    } else if (span.service !== entry.service) calls.push({ ...span, to: span.service });
    else if (span.kind !== 'server') open.push(...inner);
  }
  return calls.toSorted((a, b) => a.startMs - b.startMs);
}

function requestOf(entry: Span, calls: readonly Call[]): TracedRequest {
  return {
    service: entry.service,
    durationMs: entry.endMs - entry.startMs,
    failed: entry.failed,
    selfMs: Math.max(0, entry.endMs - entry.startMs - covered(calls, entry)),
    calls: tasksOf(calls, entry.startMs),
  };
}

/** The time in which at least one call was under way, within the request. */
function covered(calls: readonly Call[], { startMs, endMs }: Span): number {
  let total = 0;
  let until = startMs;
  for (const call of calls) {
    const end = Math.min(call.endMs, endMs);
    total += Math.max(0, end - Math.max(call.startMs, until));
    until = Math.max(until, end);
  }
  return total;
}

/** Calls of the same, of which an earlier one failed before the next began, are one task. */
function tasksOf(calls: readonly Call[], requestStartMs: number): readonly TracedTask[] {
  const tasks: Call[][] = [];
  for (const call of calls) {
    const before = tasks.findLast((it) => {
      const last = it.at(-1)!;
      const isSame = last.to === call.to && last.operation === call.operation;
      return isSame && last.endMs <= call.startMs && (last.failed || call.again);
    });
    if (before === undefined) tasks.push([call]);
    else before.push(call);
  }
  return tasks.map((attempts) => ({
    to: attempts[0]!.to,
    startMs: attempts[0]!.startMs - requestStartMs,
    endMs: attempts.at(-1)!.endMs - requestStartMs,
    attempts: attempts.map((it) => ({ durationMs: it.endMs - it.startMs, failed: it.failed })),
  }));
}

/** Callees without spans of their own, such as databases: what their callers saw of them. */
function missing(
  spans: readonly Span[],
  children: ReadonlyMap<Span, readonly Span[]>,
): readonly TracedRequest[] {
  const silent = spans.filter(
    (it) =>
      it.kind === 'client' &&
      !(children.get(it) ?? []).some((inner) => inner.service !== it.service),
  );
  const known = new Set(spans.map((it) => it.service));
  return silent
    .filter((it) => !known.has(it.peer ?? it.operation))
    .map((it) => ({
      service: it.peer ?? it.operation,
      durationMs: it.endMs - it.startMs,
      failed: it.failed,
      selfMs: it.endMs - it.startMs,
      calls: [],
    }));
}
