import type { Landscape, Setting } from '../../../model/import/landscape.ts';
import { numberText, rateText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { edgeName } from '../../edges/edge.ts';
import { flag, rate, share } from '../../evidence.ts';
import type { Decision, Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { callerOf, modelEdges } from '../../traffic/model-services.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/** From 32768 to 60999: `net.ipv4.ip_local_port_range` of Linux. */
const ports = 28_232;
/** How long Linux keeps the pair of a connection that has ended: `TCP_TIMEWAIT_LEN`. */
const heldSeconds = 60;

export const pq14: Rule = {
  id: 'PQ14',
  name: 'more new connections than ports',
  severity: 'high',
  formula: 'new connections a second of one replica to one callee x 60 s > 28,232 ports',
  why:
    'a connection that has ended keeps its port for a minute: with a new one for each call the ports ' +
    'to that callee run out, and calls fail with EADDRNOTAVAIL while both sides are idle',
  sources: [
    'https://docs.kernel.org/networking/ip-sysctl.html#ip-variables',
    'https://nodejs.org/api/http.html#new-agentoptions',
  ],
  remedy:
    'Keep connections (`keepAlive: true`, Node 19 or newer), so that few are new; or spread the calls ' +
    'over more replicas.',
  needs: [
    'whether the client keeps its connections: source code, or its version; or the share of new ' +
      'connections in a seaworthy.yaml',
    'the rate of the calls',
  ],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, edge } of modelEdges(landscape)) {
      const { connections } = edge.network;
      if (connections === undefined) continue;
      const from = callerOf(file.model, edge);
      const calls = traffic.ofEachCaller({ from, to: file.model.services[edge.to]!.name });
      const origin = file.position(['calls', edge.name, 'network']);
      const opened = { value: connections.share, origin };
      const said = share(`calls of ${edge.name} that open a connection`, opened);
      if (calls !== undefined) yield* decided(edge.name, calls, connections.share, said);
    }
    for (const { owner, who, keepsAlive } of landscape.agents) {
      if (keepsAlive?.value !== false) continue;
      const said = flag(`${who} keeps its connections`, keepsAlive);
      for (const edge of landscape.edges) {
        if (edge.from !== owner || isStore(landscape, edge.to)) continue;
        const calls = traffic.ofEachCaller(edge);
        if (calls === undefined) yield lacks(edgeName(edge), rateInput);
        else yield* decided(edgeName(edge), calls, 1, said);
      }
    }
  },
};

function* decided(
  name: string,
  calls: Setting<number>,
  opened: number,
  said: Evidence,
): Generator<Decision> {
  const perSecond = calls.value * opened;
  if (perSecond * heldSeconds <= ports) return;
  yield finding(name, {
    what:
      `${rateText(perSecond)} new connections of one caller keep ${numberText(perSecond * heldSeconds)} ` +
      `ports for a minute each, and there are ${numberText(ports)}`,
    numbers: [rate(`calls of one caller over ${name}`, calls), said],
    passes: `at most ${rateText(Math.floor(ports / heldSeconds))} new connections, or connections that are kept`,
    at: placeOf(said.origin, calls.origin),
  });
}

/** Drivers keep their connections, whatever agents for HTTP do. */
function isStore({ databases, pools, caches }: Landscape, name: string): boolean {
  return (
    databases.some((it) => it.name === name) || [...pools, ...caches].some(({ to }) => to === name)
  );
}
