import { useEffect, useRef } from 'preact/hooks';

import { helping, reset } from '../state/keys.ts';
import { toggleTheme } from '../state/theme.ts';
import { chosen, focus } from '../state/view.ts';
import { text } from '../text/english.ts';

/** What concerns all of the page. */
export function Controls() {
  const words = text.controls;
  const about = focus.value;
  return (
    <div class="controls">
      {about.kind !== 'all' && <span class="about">{words.about(about.name)}</span>}
      {(about.kind !== 'all' || chosen.value !== undefined) && (
        <button type="button" onClick={reset}>
          {words.all}
        </button>
      )}
      <button type="button" aria-label={words.theme} title={words.theme} onClick={toggleTheme}>
        ◐
      </button>
      <button
        type="button"
        aria-label={words.help}
        title={words.help}
        onClick={() => {
          helping.value = true;
        }}
      >
        ?
      </button>
      <Help />
    </div>
  );
}

function close(): void {
  helping.value = false;
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = helping.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="keys-title">
      <h2 id="keys-title">{text.controls.help}</h2>
      <dl class="keys">
        {text.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={close}>
        {text.controls.close}
      </button>
    </dialog>
  );
}
