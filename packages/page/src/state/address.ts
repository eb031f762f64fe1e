import { batch, effect } from '@preact/signals';

import { playing } from './play.ts';
import {
  chosen,
  cursorMs,
  everything,
  first,
  focus,
  pinned,
  second,
  shown,
  sorting,
  story,
  theme,
} from './view.ts';

/** What is looked at stands in the address, so that it can be sent to somebody. */
export function keepAddress(): void {
  batch(readAddress);
  addEventListener('hashchange', () => batch(readAddress));
  effect(() => {
    if (playing.value || shown.value === undefined) return;
    const hash = addressOf().toString();
    if (hash === location.hash.slice(1)) return;
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  });
}

function addressOf(): URLSearchParams {
  const address = new URLSearchParams();
  const part = chosen.value;
  if (part !== undefined) {
    address.set('from', String(Math.round(part.fromMs)));
    address.set('to', String(Math.round(part.toMs)));
  }
  const moment = cursorMs.value;
  if (pinned.value && moment !== undefined) address.set('at', String(Math.round(moment)));
  const about = focus.value;
  if (about.kind !== 'all') address.set(about.kind, about.name);
  const told = story.value;
  if (told !== undefined) address.set('finding', String(told.finding + 1));
  if (told !== undefined && told.step > 0) address.set('step', String(told.step + 1));
  const by = sorting.value;
  if (by !== undefined) address.set(by.down ? 'down' : 'up', by.key);
  if (first.value !== 0) address.set('run', String(first.value + 1));
  if (theme.value !== 'auto') address.set('theme', theme.value);
  return address;
}

function readAddress(): void {
  const address = new URLSearchParams(location.hash.slice(1));
  const number = (key: string): number | undefined => {
    const text = address.get(key);
    const value = text === null ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const fromMs = number('from');
  const toMs = number('to');
  const isPart = fromMs !== undefined && toMs !== undefined && fromMs < toMs;
  chosen.value = isPart ? { fromMs, toMs } : undefined;
  const at = number('at');
  if (at !== undefined) [cursorMs.value, pinned.value] = [at, true];
  const edge = address.get('edge');
  const service = address.get('service');
  if (edge !== null) focus.value = { kind: 'edge', name: edge };
  else focus.value = service === null ? everything : { kind: 'service', name: service };
  const finding = number('finding');
  const step = (number('step') ?? 1) - 1;
  story.value = finding === undefined ? undefined : { finding: finding - 1, step };
  const [down, up] = [address.get('down'), address.get('up')];
  const key = down ?? up;
  sorting.value = key === null ? undefined : { key, down: down !== null };
  const wanted = address.get('theme');
  theme.value = wanted === 'dark' || wanted === 'light' ? wanted : 'auto';
  readRun(number('run'));
}

function readRun(wanted: number | undefined): void {
  const count = shown.value?.runs.length ?? 0;
  const index = (wanted ?? 1) - 1;
  if (index === first.value || index >= count) return;
  if (second.value === index) second.value = first.value;
  first.value = index;
}
