// The same on Node, where tasks follow asynchronous calls by themselves: as soon as the entry for
// Node is there.
export { task } from './node.ts';
export * from './parts.ts';
