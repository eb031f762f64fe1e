import { useState } from 'preact/hooks';

import { say } from '../state/announce.ts';
import { text } from '../text/english.ts';

/** Puts a text into the clipboard, and says so. */
export function CopyButton(props: { readonly label: string; readonly content: string }) {
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await toClipboard(props.content);
    setDone(true);
    say(`${text.findings.copied}: ${props.content}`);
  };
  return (
    <button type="button" title={props.content} onClick={() => void copy()}>
      {done ? text.findings.copied : props.label}
    </button>
  );
}

/** A page from disk may not have the clipboard: then a hidden field does it. */
async function toClipboard(content: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    const field = document.createElement('textarea');
    field.value = content;
    document.body.append(field);
    field.select();
    // The only way for pages from disk in some browsers.
    document.execCommand('copy');
    field.remove();
  }
}
