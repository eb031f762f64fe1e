import { text } from '../text/english.ts';
import { Frame, logarithmic, Mark } from './frame.tsx';
import { sizeTextOf, type Trigger } from './sizes.ts';
import { CurveTable } from './tables.tsx';

/** How likely a trigger tips the system, over its size: what was run, and the curve through it. */
export function Curve({ trigger }: { readonly trigger: Trigger }) {
  const words = text.limits;
  const { tipsAt, curve, observed } = trigger;
  const sizes = [...curve.map(({ size }) => size), ...observed.map(({ size }) => size)];
  if (sizes.length < 2) return <p class="empty">{words.noCurve}</p>;
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const axis = logarithmic(low, high);
  const sizeText = sizeTextOf(trigger);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = low * (high / low) ** share;
    return { at, text: sizeText(at) };
  });
  const sentence = sentenceOf(trigger, sizeText);
  return (
    <figure class="limits">
      <p>{sentence}</p>
      <Frame label={sentence} axis={axis} ticks={ticks}>
        {(plane) => (
          <>
            {tipsAt.kind === 'found' && (
              <Mark {...{ plane, ...tipsAt }} tone="unsure" name={sizeText(tipsAt.at)} />
            )}
            {low <= 1 && high >= 1 && (
              <Mark plane={plane} at={1} tone="ink" name={words.asWritten} row={1} />
            )}
            <path
              class="way"
              data-tone="accent"
              d={curve
                .map(({ size, probability }, index) => {
                  return `${index === 0 ? 'M' : 'L'}${plane.x(size)} ${plane.y(probability)}`;
                })
                .join('')}
            />
            {observed.map(({ size, collapsed }, index) => (
              <line
                key={index}
                class="tick"
                data-tone={collapsed ? 'bad' : 'good'}
                x1={plane.x(size)}
                x2={plane.x(size)}
                y1={plane.y(collapsed ? 1 : 0)}
                y2={plane.y(collapsed ? 0.95 : 0.05)}
              />
            ))}
          </>
        )}
      </Frame>
      <p class="note">{words.curveNote}</p>
      <CurveTable trigger={trigger} />
    </figure>
  );
}

function sentenceOf({ tipsAt, observed }: Trigger, of: (size: number) => string): string {
  const words = text.limits;
  const runs = observed.length;
  const collapsed = observed.filter((run) => run.collapsed).length;
  switch (tipsAt.kind) {
    case 'found':
      return words.tips(of(tipsAt.at), of(tipsAt.low), of(tipsAt.high), runs);
    case 'between':
      return words.tipsBetween(of(tipsAt.low), of(tipsAt.high), runs);
    case 'above':
      return collapsed === 0
        ? words.nothingTips(of(tipsAt.than), runs)
        : words.fewTip(of(tipsAt.than), collapsed, runs);
    case 'below':
      return words.mostTip(of(tipsAt.than), collapsed, runs);
    case 'unknown':
      return words.notRun;
  }
}
