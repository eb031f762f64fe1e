import { signal } from '@preact/signals';

/** What a screen reader is to say next. */
export const announcement = signal('');

export function say(words: string): void {
  announcement.value = words;
}
