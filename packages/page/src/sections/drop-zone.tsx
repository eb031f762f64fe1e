import { signal } from '@preact/signals';

import { filesOf, openFiles } from '../host/dropped.ts';
import { text } from '../text/english.ts';

const problem = signal('');

/** A page without a run takes one: the folder of a record, dropped or chosen. */
export function DropZone() {
  const words = text.drop;
  return (
    <main
      class="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (event.dataTransfer !== null) void take(filesOf(event.dataTransfer));
      }}
    >
      <h1>{words.title}</h1>
      <p>{words.how}</p>
      <label>
        {words.choose}{' '}
        <input
          type="file"
          multiple
          {...{ webkitdirectory: true }}
          onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
        />
      </label>
      <p role="alert">{problem}</p>
    </main>
  );
}

async function take(files: readonly File[] | Promise<readonly File[]>): Promise<void> {
  try {
    await openFiles(await files);
    problem.value = '';
  } catch (error) {
    problem.value = text.drop.wrong(error instanceof Error ? error.message : String(error));
  }
}
