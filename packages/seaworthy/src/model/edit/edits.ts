import type { FileEdit, FileValue } from './file-edit.ts';

/** A setting of a call: `callEdit('web -> payments', 'retry.attempts', 2)`. */
export function callEdit(name: string, key: string, value: FileValue): FileEdit {
  return { path: ['calls', name, ...key.split('.')], value };
}

/** A setting of a service: `serviceEdit('payments', 'queue.limit', 64)`. */
export function serviceEdit(name: string, key: string, value: FileValue): FileEdit {
  return { path: ['services', name, ...key.split('.')], value };
}

/** A setting of a message queue: `queueEdit('orders', 'visibility', '2m')`. */
export function queueEdit(name: string, key: string, value: FileValue): FileEdit {
  return { path: ['queues', name, ...key.split('.')], value };
}
