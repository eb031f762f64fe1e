import type { LimitsResult } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { type Axis, Frame, linear, Mark, xOf, yOf } from './frame.tsx';

/**
 * One system, under more and more load until it collapses, and under less until it is back. Where
 * the two ways differ it is vulnerable: healthy, but down for good after a push.
 */
export function Loop(props: {
  readonly limits: LimitsResult;
  readonly load: (value: number) => string;
}) {
  const { limits, load } = props;
  const words = text.limits;
  const { loop, stableUpTo: stable, vulnerableUpTo: vulnerable } = limits;
  if (loop.length < 2) return <p class="empty">{words.noLoop}</p>;
  const highest = Math.max(...loop.map((point) => point.load), limits.load.given) * 1.03;
  const axis = linear(0, highest);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    return { at: share * highest, text: load(share * highest) };
  });
  return (
    <figure class="limits">
      <figcaption>
        <ul class="legend">
          <li>
            <i data-tone="accent" /> {words.up}
          </li>
          <li>
            <i data-tone="bad" /> {words.down}
          </li>
        </ul>
      </figcaption>
      <Frame label={`${words.loop}. ${limits.sentence}`} axis={axis} ticks={ticks}>
        {stable.kind === 'found' && (
          <Mark {...{ axis, ...stable }} tone="good" name={`${words.stable} ${load(stable.at)}`} />
        )}
        {vulnerable.kind === 'found' && (
          <Mark
            {...{ axis, ...vulnerable }}
            tone="unsure"
            name={`${words.vulnerable} ${load(vulnerable.at)}`}
          />
        )}
        <Mark axis={axis} at={limits.load.given} tone="ink" name={words.given} row={1} />
        <path class="way" data-tone="accent" d={wayOf(limits, axis, 'up')} />
        <path class="way" data-tone="bad" d={wayOf(limits, axis, 'down')} />
        {loop.map((point, index) => (
          <circle
            key={index}
            data-tone={point.direction === 'up' ? 'accent' : 'bad'}
            cx={xOf(axis, point.load)}
            cy={yOf(point.servedShare)}
            r="4"
          >
            <title>{`${load(point.load)}: ${Math.round(point.servedShare * 100)} %`}</title>
          </circle>
        ))}
      </Frame>
      <p class="note">{words.loopNote}</p>
    </figure>
  );
}

function wayOf({ loop }: LimitsResult, axis: Axis, direction: 'up' | 'down'): string {
  const turn = loop.findLast((point) => point.direction === 'up');
  const own = loop.filter((point) => point.direction === direction);
  // The way down begins where the way up ended.
  const points = direction === 'down' && turn !== undefined ? [turn, ...own] : own;
  return points
    .map(({ load, servedShare }, index) => {
      return `${index === 0 ? 'M' : 'L'}${xOf(axis, load)} ${yOf(servedShare)}`;
    })
    .join('');
}
