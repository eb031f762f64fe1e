// The entry for Node: tasks follow asynchronous calls by themselves, and who watches the process
// can observe each policy from its beginning.
import { channel } from 'node:diagnostics_channel';

import { announcePoliciesTo } from './promise/announce.ts';
import { keepTasksOnNode } from './tasks-on-node.ts';

keepTasksOnNode();

const policies = channel('seaworthy:policy');
announcePoliciesTo((made) => {
  if (policies.hasSubscribers) policies.publish(made);
});

export * from './index.ts';
