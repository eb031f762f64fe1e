import { formatAddress } from '../address.ts';
import type { Edge } from '../edge.ts';
import type { Proxies } from '../proxies.ts';

/**
 * Upper ends of the buckets of latencies, in seconds: those that Prometheus' clients default to.
 */
const bucketEndsS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Everything since the start, in the text format of Prometheus. */
export function metricsText(proxies: Proxies): string {
  const text = new MetricsText();
  for (const edge of proxies.edges) {
    bytesOf(edge, text);
    requestsOf(edge, text);
    faultsOf(edge, text);
  }
  return text.toString();
}

/** With the names and labels of Toxiproxy. */
function bytesOf(edge: Edge, text: MetricsText): void {
  const { bytesUpstream, bytesDownstream } = edge.meter.total();
  const labels = {
    proxy: edge.name,
    listener: formatAddress(edge.listen),
    upstream: formatAddress(edge.upstream),
  };
  for (const [direction, bytes] of [
    ['upstream', bytesUpstream],
    ['downstream', bytesDownstream],
  ] as const) {
    const help = 'Bytes that arrived, by the direction they go in.';
    const name = 'toxiproxy_proxy_received_bytes_total';
    text.add('counter', name, help, { direction, ...labels }, bytes);
  }
}

function requestsOf(edge: Edge, text: MetricsText): void {
  const total = edge.meter.total();
  const proxy = edge.name;
  const prefix = 'seaworthy_edge';
  const rows = [
    ['counter', 'connections_total', 'Connections that callers opened.', total.accepted],
    ['counter', 'not_accepted_total', 'Connections not accepted.', total.notAccepted],
    ['counter', 'unreachable_total', 'Connections without a callee.', total.unreachable],
    ['gauge', 'connections', 'Connections that are open.', edge.connections],
    ['gauge', 'in_flight', 'Requests that are under way.', edge.meter.inFlight],
    ['counter', 'requests_total', 'Requests that began.', total.offered],
  ] as const;
  for (const [type, name, help, value] of rows) {
    text.add(type, `${prefix}_${name}`, help, { proxy }, value);
  }
  for (const [status, count] of Object.entries(total.statuses)) {
    text.add(
      'counter',
      `${prefix}_responses_total`,
      'Responses by status.',
      { proxy, status },
      count,
    );
  }
  for (const [reason, count] of Object.entries(total.failed)) {
    text.add(
      'counter',
      `${prefix}_failed_total`,
      'Requests that failed, by reason.',
      { proxy, reason },
      count,
    );
  }
  const name = `${prefix}_latency_seconds`;
  const help = 'What callers waited for responses that succeeded.';
  const { latency } = total;
  for (const end of bucketEndsS) {
    const count = latency.count - latency.countAbove(end * 1000);
    text.add('histogram', name, help, { proxy, le: String(end) }, count, '_bucket');
  }
  text.add('histogram', name, help, { proxy, le: '+Inf' }, latency.count, '_bucket');
  text.add('histogram', name, help, { proxy }, latency.sum / 1000, '_sum');
  text.add('histogram', name, help, { proxy }, latency.count, '_count');
}

function faultsOf(edge: Edge, text: MetricsText): void {
  for (const { settings, hits } of edge.plan) {
    const labels = { proxy: edge.name, toxic: settings.name, type: settings.effect.kind };
    const help = 'What a fault that is up has hit: requests or connections.';
    text.add('counter', 'seaworthy_fault_hits_total', help, labels, hits);
  }
}

type Labels = Readonly<Record<string, string>>;

/** Samples of one metric must stand together, whatever the order in which they come. */
class MetricsText {
  readonly #metrics = new Map<string, string[]>();

  add(type: string, name: string, help: string, labels: Labels, value: number, suffix = ''): void {
    let lines = this.#metrics.get(name);
    if (lines === undefined) {
      lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
      this.#metrics.set(name, lines);
    }
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    lines.push(`${name}${suffix}{${pairs.join(',')}} ${value}`);
  }

  toString(): string {
    return [...this.#metrics.values()].map((lines) => `${lines.join('\n')}\n`).join('');
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
