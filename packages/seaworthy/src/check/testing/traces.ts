interface Traced {
  readonly requests: number;
  /** From the start of one request to that of the next. */
  readonly everyMs: number;
  /** How long the one by this number takes, from 0. */
  readonly takesMs: (request: number) => number;
  /** Whom each request calls, all of its time. */
  readonly calls?: string;
  /** Every how manieth request fails. */
  readonly failsEvery?: number;
}

function kind(value: string): object {
  return { key: 'span.kind', value };
}

/** Requests of web, as the interface of Jaeger downloads them. */
export function tracesOfWeb({ requests, everyMs, takesMs, calls, failsEvery }: Traced): string {
  const data = Array.from({ length: requests }, (_, request) => {
    const span = { traceID: `t${request}`, startTime: request * everyMs * 1000, processID: 'p1' };
    const duration = takesMs(request) * 1000;
    const fails = failsEvery !== undefined && request % failsEvery === 0;
    const error = fails ? [{ key: 'error', value: true }] : [];
    const served = { ...span, spanID: `s${request}`, duration, tags: [kind('server'), ...error] };
    const called = {
      ...span,
      spanID: `c${request}`,
      references: [{ refType: 'CHILD_OF', spanID: served.spanID }],
      duration,
      tags: [kind('client'), { key: 'peer.service', value: calls }],
    };
    const spans = calls === undefined ? [served] : [served, called];
    return { spans, processes: { p1: { serviceName: 'web' } } };
  });
  return JSON.stringify({ data });
}
