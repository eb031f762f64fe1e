import type { PageRun } from '../seaworthy.ts';
import { first, second, shown } from '../state/view.ts';
import { swap } from '../state/open.ts';
import { text } from '../text/english.ts';

/** Which run is shown, and which beside it. */
export function RunSwitch() {
  const runs = shown.value?.runs ?? [];
  if (runs.length < 2) return null;
  return (
    <div class="runs">
      <div role="group" aria-label={text.runs.shown}>
        {runs.map((run, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={index === first.value}
            onClick={() => choose(index)}
          >
            <Sign run={run} /> {run.label}
          </button>
        ))}
      </div>
      <label>
        {text.runs.beside}{' '}
        <select
          value={second.value ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            second.value = value === '' ? undefined : Number(value);
          }}
        >
          <option value="">–</option>
          {runs.map((run, index) =>
            index === first.value ? null : (
              <option key={index} value={index}>
                {run.label}
              </option>
            ),
          )}
        </select>
      </label>
    </div>
  );
}

function choose(index: number): void {
  if (index === second.value) swap();
  else first.value = index;
}

function Sign({ run }: { readonly run: PageRun }) {
  const outcome = run.verdict?.outcome;
  if (outcome === undefined) return null;
  return (
    <span data-outcome={outcome}>
      <span class="sign" role="img" aria-label={text.outcome[outcome]}>
        {text.sign[outcome]}
      </span>
    </span>
  );
}
