import { chosen, cursorMs, focus, lengthMs, pinned, run, story } from './view.ts';
import { everything } from './view.ts';

/** Before and after a finding, as much of the run as the finding takes: a tenth of that. */
const AROUND = 0.15;

/** Shows a finding: its part of the run, its edges; or, when it is shown, all again. */
export function tell(index: number): void {
  const finding = run.value?.verdict?.findings[index];
  if (finding === undefined || story.value?.finding === index) {
    story.value = undefined;
    chosen.value = undefined;
    focus.value = everything;
    return;
  }
  const around = Math.max(1000, (finding.toMs - finding.fromMs) * AROUND);
  story.value = { finding: index, step: 0 };
  chosen.value = {
    fromMs: Math.max(0, finding.fromMs - around),
    toMs: Math.min(lengthMs.value, finding.toMs + around),
  };
  cursorMs.value = finding.steps[0]?.atMs ?? finding.fromMs;
  pinned.value = true;
  const [edge] = finding.edges;
  const [service] = finding.services;
  if (edge !== undefined) focus.value = { kind: 'edge', name: edge };
  else if (service !== undefined) focus.value = { kind: 'service', name: service };
  else focus.value = everything;
}
