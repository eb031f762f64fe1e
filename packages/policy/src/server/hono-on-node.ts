// The entry for Node: tasks follow asynchronous calls by themselves.
import { keepTasksOnNode } from '../tasks-on-node.ts';

keepTasksOnNode();

export * from './hono.ts';
