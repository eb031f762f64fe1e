import type { LimitsResult } from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { Frame, linear, Mark, type Plane } from './frame.tsx';
import { LoopTable } from './tables.tsx';

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
      <Frame
        label={`${words.loop}. ${limits.statements.map((each) => each.text).join(' ')}`}
        axis={axis}
        ticks={ticks}
      >
        {(plane) => (
          <>
            {stable.kind === 'found' && (
              <Mark
                {...{ plane, ...stable }}
                tone="good"
                name={`${words.stable} ${load(stable.at)}`}
              />
            )}
            {vulnerable.kind === 'found' && (
              <Mark
                {...{ plane, ...vulnerable }}
                tone="unsure"
                name={`${words.vulnerable} ${load(vulnerable.at)}`}
                row={plane.narrow ? 2 : 0}
              />
            )}
            <Mark plane={plane} at={limits.load.given} tone="ink" name={words.given} row={1} />
            <path class="way" data-tone="accent" d={wayOf(limits, plane, 'up')} />
            <path class="way" data-tone="bad" d={wayOf(limits, plane, 'down')} />
            {loop.map((point, index) => (
              <circle
                key={index}
                data-tone={point.direction === 'up' ? 'accent' : 'bad'}
                cx={plane.x(point.load)}
                cy={plane.y(point.servedShare)}
                r="4"
              >
                <title>{`${load(point.load)}: ${Math.round(point.servedShare * 100)} %`}</title>
              </circle>
            ))}
          </>
        )}
      </Frame>
      <p class="note">{words.loopNote}</p>
      <LoopTable {...{ limits, load }} />
    </figure>
  );
}

function wayOf({ loop }: LimitsResult, { x, y }: Plane, direction: 'up' | 'down'): string {
  const turn = loop.findLast((point) => point.direction === 'up');
  const own = loop.filter((point) => point.direction === direction);
  // The way down begins where the way up ended.
  const points = direction === 'down' && turn !== undefined ? [turn, ...own] : own;
  return points
    .map(({ load, servedShare }, index) => {
      return `${index === 0 ? 'M' : 'L'}${x(load)} ${y(servedShare)}`;
    })
    .join('');
}
