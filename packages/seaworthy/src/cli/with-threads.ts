import { ReplicationError } from '../simulate/replicate/thread.ts';
import type { Progress } from './progress/event.ts';
import { UsageError } from './usage-error.ts';
import { onInterrupt } from './interrupt.ts';

interface Threads {
  interrupt(): void;
  close(): Promise<void>;
}

/**
 * Does what needs worker threads. Ctrl-C stops them, and whatever comes of it they are gone
 * afterwards, and the progress off the screen.
 */
export async function withThreads<Result>(
  threads: Threads,
  progress: Progress,
  work: () => Promise<Result>,
): Promise<Result> {
  const release = onInterrupt(() => {
    threads.interrupt();
    progress.tell({ kind: 'stopping' });
  });
  try {
    return await work();
  } finally {
    release();
    progress.close();
    await threads.close();
  }
}

/**
 * Does the work on one file: one that asks too much of worker threads is a mistake of the file.
 *
 * @throws UsageError where the model, and not the engine, is to blame for what a thread ended with
 */
export async function withBlame<Result>(
  file: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw blameOf(file, error);
  }
}

/** What to tell of an error that a worker thread ended with. */
export function blameOf(file: string, error: unknown): unknown {
  if (!(error instanceof ReplicationError) || error.blame === 'engine') return error;
  return new UsageError(`${file}: ${error.message}`);
}
