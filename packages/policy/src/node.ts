// The entry for Node: tasks follow asynchronous calls by themselves.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Task } from './call/call.ts';
import { keepTasksIn } from './promise/task.ts';

keepTasksIn(new AsyncLocalStorage<Task>());

export * from './index.ts';
