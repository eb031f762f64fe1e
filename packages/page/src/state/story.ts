import type { Finding } from '../seaworthy.ts';
import { say } from './announce.ts';
import { chosen, cursorMs, everything, focus, lengthMs, pinned, run, story } from './view.ts';

/** As much before and after a finding is shown with it. */
const AROUND = 0.15;

/** Shows a finding: its part of the run, its edges; or, when it is shown, all again. */
export function tell(index: number): void {
  const finding = run.value?.verdict?.findings[index];
  if (finding === undefined || story.value?.finding === index) {
    story.value = undefined;
    chosen.value = undefined;
    cursorMs.value = undefined;
    pinned.value = false;
    focus.value = everything;
    return;
  }
  const around = Math.max(1000, (finding.toMs - finding.fromMs) * AROUND);
  chosen.value = {
    fromMs: Math.max(0, finding.fromMs - around),
    toMs: Math.min(lengthMs.value, finding.toMs + around),
  };
  focus.value = focusOf(finding);
  story.value = { finding: index, step: 0 };
  goTo(finding.steps[0]?.atMs ?? finding.fromMs);
  say(finding.title);
}

/** One call or one service is looked at from near; of several, all are. */
function focusOf({ edges, services }: Finding): typeof focus.value {
  const [edge, ...otherEdges] = edges;
  const [service, ...otherServices] = services;
  if (edge !== undefined && otherEdges.length === 0) return { kind: 'edge', name: edge };
  if (edge === undefined && service !== undefined && otherServices.length === 0) {
    return { kind: 'service', name: service };
  }
  return everything;
}

/** Brings a finding into sight, unfolded. */
export function lookAt(index: number): void {
  const item = document.querySelector(`#finding-${index + 1}`);
  const details = item?.querySelector('details');
  if (details != null) details.open = true;
  item?.scrollIntoView();
}

/** Goes to one step of the story. */
export function showStep(index: number): void {
  const told = story.value;
  if (told === undefined) return;
  const step = run.value?.verdict?.findings[told.finding]?.steps[index];
  if (step === undefined) return;
  story.value = { ...told, step: index };
  goTo(step.atMs);
  say(step.text);
}

/** After the last step comes the first. */
export function nextStep(): void {
  const told = story.value;
  if (told === undefined) return;
  const count = run.value?.verdict?.findings[told.finding]?.steps.length ?? 0;
  if (count > 0) showStep((told.step + 1) % count);
}

function goTo(ms: number): void {
  cursorMs.value = ms;
  pinned.value = true;
}
