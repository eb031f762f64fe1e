import type { BatteryNews } from '../../rehearse/trials/battery.ts';
import { rateCell } from '../../report/quantities.ts';
import type { Progress } from '../progress/event.ts';

/** About so much of the time goes to the knee, after about so many steps. */
const kneeShare = 0.4;
const usualSteps = 25;

/** Tells the progress of a battery as that of a search. */
export function batteryProgress(name: string, progress: Progress): (news: BatteryNews) => void {
  let runs = 0;
  let requests = 0;
  return (news) => {
    if (news.kind === 'knee') return;
    runs++;
    if (news.kind === 'step') requests += news.offered;
    const [share, doing] =
      news.kind === 'step'
        ? [
            kneeShare * Math.min(1, runs / usualSteps),
            `the knee: ${rateCell(news.step.ratePerSecond)} ${news.step.outcome}`,
          ]
        : [
            kneeShare + (1 - kneeShare) * ((news.number - 1) / news.of),
            `what it does in ${news.trial.name}, ${news.trial.on}`,
          ];
    progress.tell({ kind: 'search', name, share, doing: [doing], runs, requests });
  };
}
