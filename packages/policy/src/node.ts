// The entry for Node: tasks follow asynchronous calls by themselves, and who watches the process
// can observe each policy from its beginning.
import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';

import type { Task } from './call/call.ts';
import { announcePoliciesTo } from './promise/announce.ts';
import { keepTasksIn } from './promise/task.ts';

keepTasksIn(new AsyncLocalStorage<Task>());

const policies = channel('seaworthy:policy');
announcePoliciesTo((made) => {
  if (policies.hasSubscribers) policies.publish(made);
});

export * from './index.ts';
