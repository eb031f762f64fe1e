import { AsyncLocalStorage } from 'node:async_hooks';
import type { Task } from './call/call.ts';
import { keepTasksIn } from './promise/task.ts';

const storage = new AsyncLocalStorage<Task>();

/** On Node tasks follow asynchronous calls by themselves. For the entries for Node. */
export function keepTasksOnNode(): void {
  keepTasksIn(storage);
}
