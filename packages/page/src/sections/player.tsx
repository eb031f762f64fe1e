import type { PageRun } from '../seaworthy.ts';
import { momentText } from '../seaworthy.ts';
import { momentMs } from '../state/moment.ts';
import { play, playing, step } from '../state/play.ts';
import { cursorMs, pinned, span } from '../state/view.ts';
import { text } from '../text/english.ts';

/** Play, a step to the next event, and a slider; and what happened at this moment. */
export function Player({ run }: { readonly run: PageRun }) {
  const words = text.player;
  const { fromMs, toMs } = span.value;
  const happening = happeningAt(run, momentMs.value);
  return (
    <div class="player">
      <button type="button" onClick={() => step(-1)} title={words.before} aria-label={words.before}>
        ⇤
      </button>
      <button type="button" aria-pressed={playing.value} onClick={play}>
        {playing.value ? words.pause : words.play}
      </button>
      <button type="button" onClick={() => step(1)} title={words.after} aria-label={words.after}>
        ⇥
      </button>
      <input
        type="range"
        aria-label={words.moment}
        aria-valuetext={momentText(momentMs.value)}
        min={fromMs}
        max={toMs}
        step="any"
        value={momentMs.value}
        onInput={(event) => {
          cursorMs.value = Number(event.currentTarget.value);
          pinned.value = true;
        }}
      />
      <p class="happening" title={happening}>
        {happening}
      </p>
    </div>
  );
}

/** The last event up to now, if it is not long ago: a fiftieth of what is shown. */
function happeningAt(run: PageRun, ms: number): string {
  const { fromMs, toMs } = span.value;
  const near = run.events.findLast(({ atMs }) => atMs <= ms + 1);
  if (near === undefined || ms - near.atMs > (toMs - fromMs) / 50) return '';
  return `${momentText(near.atMs)} ${near.subject}: ${near.text}`;
}
