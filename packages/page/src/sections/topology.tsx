import { computed } from '@preact/signals';

import { intervalAt } from '../data/series.ts';
import { clockText } from '../data/words.ts';
import type { PageRun } from '../seaworthy.ts';
import { momentMs } from '../state/moment.ts';
import { everything, focus, type Focus, lengthMs, run, story } from '../state/view.ts';
import { text } from '../text/english.ts';
import { EdgeLabel, EdgeView } from '../topology/edge-view.tsx';
import { type Graph, graphOf } from '../topology/graph.ts';
import { NodeView } from '../topology/node-view.tsx';
import { PublishView } from '../topology/publish-view.tsx';
import { Player } from './player.tsx';
import { Section } from './section.tsx';

const graph = computed(() => (run.value === undefined ? undefined : graphOf(run.value)));

/** Who calls whom, and how much of it at the moment of the cursor. Nothing moves its place. */
export function Topology({ run: current }: { readonly run: PageRun }) {
  const { value } = graph;
  if (value === undefined) return null;
  const at = intervalAt(current, momentMs.value);
  return (
    <Section
      id="topology"
      title={text.sections.topology(clockText(momentMs.value, lengthMs.value))}
      aside={<Player run={current} />}
    >
      <Picture run={current} graph={value} at={at} />
      <p class="note">
        {text.topology.legend} {value.publishings.length > 0 && text.topology.legendOfQueues}
      </p>
    </Section>
  );
}

/** Smaller than this nothing can be read: then it is moved instead. */
const LEAST_SCALE = 0.8;

function Picture(props: { readonly run: PageRun; readonly graph: Graph; readonly at: number }) {
  const { run: current, graph: drawn, at } = props;
  const { nodes, edges, publishings, layout } = drawn;
  const lit = litOf(current, drawn);
  const isDim = (name: string): boolean => lit !== undefined && !lit.has(name);
  return (
    <div class="scroll topology" tabIndex={0} role="group" aria-labelledby="topology-title">
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        style={{
          minWidth: `${layout.width * LEAST_SCALE}px`,
          maxWidth: `${layout.width * 1.25}px`,
        }}
      >
        {edges.map((edge, index) => (
          <EdgeView
            key={edge.name}
            {...{ run: current, graph: drawn, edge, index, at }}
            dim={isDim(edge.name)}
            isChosen={isFocus({ kind: 'edge', name: edge.name })}
            onChoose={choose({ kind: 'edge', name: edge.name })}
          />
        ))}
        {publishings.map((publishing, index) => (
          <PublishView
            key={publishing.name}
            {...{ run: current, graph: drawn, publishing, at }}
            path={layout.paths[edges.length + index]}
            dim={isDim(publishing.from) || isDim(publishing.to)}
          />
        ))}
        {nodes.map((node, index) => (
          <NodeView
            key={node.name}
            node={node}
            place={layout.nodes[index]!}
            at={at}
            dim={isDim(node.name)}
            isChosen={isFocus({ kind: 'service', name: node.name })}
            onChoose={choose({ kind: 'service', name: node.name })}
          />
        ))}
        {edges.map((edge, index) => (
          <EdgeLabel
            key={edge.name}
            {...{ run: current, graph: drawn, edge, index, at }}
            dim={isDim(edge.name)}
          />
        ))}
      </svg>
    </div>
  );
}

/** Once to look at it, once more to look at all. */
function choose(wish: Focus): () => void {
  return () => {
    focus.value = isFocus(wish) ? everything : wish;
  };
}

function isFocus(wish: Focus): boolean {
  const { value } = focus;
  return (
    value.kind !== 'all' && wish.kind === value.kind && 'name' in wish && wish.name === value.name
  );
}

/** What a story or the focus is about; undefined: all of it. */
function litOf(current: PageRun, { edges, publishings }: Graph): ReadonlySet<string> | undefined {
  const told = story.value;
  const finding = told === undefined ? undefined : current.verdict?.findings[told.finding];
  const { value } = focus;
  const names = new Set<string>();
  const addEdge = (name: string): void => {
    const edge = edges.find((each) => each.name === name);
    if (edge !== undefined) for (const each of [name, edge.from, edge.to]) names.add(each);
  };
  if (finding !== undefined) {
    for (const name of finding.edges) addEdge(name);
    for (const name of finding.services) names.add(name);
  } else if (value.kind === 'edge') {
    addEdge(value.name);
  } else if (value.kind === 'service') {
    names.add(value.name);
    for (const { name, from, to } of edges) {
      if (from === value.name || to === value.name) addEdge(name);
    }
    for (const { from, to } of publishings) if (from === value.name) names.add(to);
  }
  return names.size === 0 ? undefined : names;
}
