import { numberText } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import type { Node } from './graph.ts';
import { NODE_HEIGHT, NODE_WIDTH, type Placed } from './layout.ts';
import { nodeMoment, type NodeMoment } from './moment.ts';

/** Names longer than this are cut; the tooltip has all of them. */
const NAME_MAX = 15;
const BAR = NODE_WIDTH - 24;

/** A service: its slots as a bar that fills up, and what waits as a pile before its door. */
export function NodeView(props: {
  readonly node: Node;
  readonly place: Placed;
  readonly at: number;
  readonly dim: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { node, place, at, dim, isChosen, onChoose } = props;
  const now = nodeMoment(node, at);
  const isFull = (now?.utilisation ?? 0) > 0.97;
  const isService = node.kind === 'service';
  return (
    <g
      class={`node ${node.kind}`}
      transform={`translate(${place.x} ${place.y - NODE_HEIGHT / 2})`}
      data-dim={dim}
      data-chosen={isChosen}
      data-full={isFull}
      {...(isService && { role: 'button', tabindex: 0, 'aria-pressed': isChosen })}
      aria-label={words(node, now)}
      onClick={isService ? onChoose : undefined}
      onKeyDown={(event) => {
        if (!isService || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        event.stopPropagation();
        onChoose();
      }}
    >
      {node.name.length > NAME_MAX && <title>{words(node, now)}</title>}
      <rect class="box" width={NODE_WIDTH} height={NODE_HEIGHT} rx={isService ? 7 : 25} />
      <text class="name" x={NODE_WIDTH / 2} y={now === undefined ? 30 : 19} text-anchor="middle">
        {node.name.length > NAME_MAX ? `${node.name.slice(0, NAME_MAX - 1)}…` : node.name}
      </text>{' '}
      {now !== undefined && <Inside now={now} />}{' '}
      {now !== undefined && now.waiting >= 0.5 && <Pile waiting={now.waiting} />}
    </g>
  );
}

function Inside({ now }: { readonly now: NodeMoment }) {
  const { utilisation } = now;
  return (
    <>
      <text class="count" x={NODE_WIDTH / 2} y={33} text-anchor="middle">
        {inWorkText(now)}
      </text>
      {/* Where nothing bounds it there is nothing to fill up. */}
      {utilisation !== undefined && (now.slots > 0 || utilisation > 0) && (
        <>
          <rect class="track" x={12} y={40} width={BAR} height={4} rx={2} />
          <rect
            class="busy"
            x={12}
            y={40}
            width={BAR * Math.min(1, utilisation)}
            height={4}
            rx={2}
          />
        </>
      )}
    </>
  );
}

/** One step of the pile for each doubling, so that ten and ten thousand are both seen. */
const STEPS_MAX = 14;

function Pile({ waiting }: { readonly waiting: number }) {
  const steps = Math.min(STEPS_MAX, 1 + Math.floor(Math.log2(Math.max(1, waiting))));
  return (
    <g class="pile">
      {Array.from({ length: steps }, (_, step) => (
        <rect key={step} x={-13} y={NODE_HEIGHT - 4 - step * 3.6} width={8} height={2.4} />
      ))}
      <text x={-4} y={NODE_HEIGHT + 11} text-anchor="middle">
        {text.topology.waiting(numberText(Math.round(waiting)))}
      </text>
    </g>
  );
}

function inWorkText({ slots, inFlight }: NodeMoment): string {
  const inWork = numberText(Math.round(inFlight));
  return slots > 0 ? `${inWork} / ${numberText(slots)}` : inWork;
}

/** What is written in and below the box, in that order, and what it means. */
function words({ name, kind }: Node, now: NodeMoment | undefined): string {
  if (now === undefined) return `${name}, ${text.topology.kind[kind]}`;
  const waiting =
    now.waiting >= 0.5 ? ` ${text.topology.waiting(numberText(Math.round(now.waiting)))}` : '';
  return `${name} ${inWorkText(now)}${waiting}: ${text.topology.inWork}`;
}
