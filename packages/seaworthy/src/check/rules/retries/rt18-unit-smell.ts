import type { CallEdge, PolicyLayer, Setting } from '../../../model/import/landscape.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName, edgePlace, layerName } from '../../edges/edge.ts';
import { duration, text } from '../../evidence.ts';
import type { Decision } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { containersOf } from '../../workloads/workload.ts';

/** No answer over a network is that fast, and nobody waits that long for one. */
const leastMs = 5;
const mostMs = 600_000;
/** Milliseconds taken for seconds, or the other way round. */
const unitRatio = 1000;

const timeNames = /(TIMEOUT|DELAY|INTERVAL|TTL|DEADLINE|BACKOFF)/i;

export const rt18: Rule = {
  id: 'RT18',
  name: 'a time that looks like another unit',
  severity: 'medium',
  formula:
    'a timeout below 5 ms or above 10 min; or a variable named like a time whose value is exactly ' +
    '1000 times that of another workload',
  why: 'seconds taken for milliseconds end every call at once, or none ever',
  sources: ['https://doi.org/10.1109/ICDCS47774.2020.00064'],
  remedy: 'Write units into values (`30s`) and names (`TIMEOUT_MS`).',
  needs: ['the timeouts of an edge', 'the environment of the workloads'],
  *decide({ edges, workloads }) {
    for (const edge of edges) for (const layer of edge.layers) yield* oddTimeouts(edge, layer);
    const seen = new Map<string, { readonly name: string; readonly value: Setting<string> }>();
    for (const { container, name } of containersOf(workloads)) {
      for (const variable of container.environment) {
        const { value } = variable;
        if (value === undefined || !timeNames.test(variable.name)) continue;
        const before = seen.get(variable.name);
        if (before === undefined) seen.set(variable.name, { name, value });
        else if (ratioOf(before.value.value, value.value) === unitRatio) {
          yield finding(name, {
            what: `${variable.name} is ${value.value} here, and ${before.value.value} in ${before.name}`,
            numbers: [
              text(`${variable.name} of ${name}`, value),
              text(`${variable.name} of ${before.name}`, before.value),
            ],
            passes: 'the same value in both, or values with units',
            at: variable.at,
          });
        }
      }
    }
  },
};

function* oddTimeouts(edge: CallEdge, layer: PolicyLayer): Generator<Decision> {
  const { timeoutMs, tryTimeoutMs, connectTimeoutMs } = layer;
  const timeouts = { timeout: timeoutMs, 'timeout of an attempt': tryTimeoutMs };
  const named = { ...timeouts, 'connect timeout': connectTimeoutMs };
  for (const [what, setting] of Object.entries(named)) {
    if (setting === undefined || setting.origin.kind !== 'file') continue;
    const { value } = setting;
    if (value === Infinity || (value >= leastMs && value <= mostMs)) continue;
    const short = value < leastMs;
    yield finding(edgeName(edge), {
      what:
        `its ${what} is ${durationText(value)}: ` +
        (short ? 'no network answers that fast' : 'nobody waits that long'),
      numbers: [duration(`${what} of ${layerName(edge, layer)}`, setting)],
      passes: short
        ? `${durationText(value * unitRatio)}, if ${durationText(value)} was meant in seconds`
        : `${durationText(value / unitRatio)}, if it was meant in milliseconds`,
      at: edgePlace(edge, layer, setting.origin),
    });
  }
}

/** The greater of two plain numbers over the lesser. */
function ratioOf(a: string, b: string): number {
  const [less = 0, more = 0] = [Number(a), Number(b)].toSorted((x, y) => x - y);
  return more / less;
}
