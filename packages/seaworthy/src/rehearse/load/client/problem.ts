/** Why there is no answer. */
export interface Problem {
  /** `generator`: this machine lacks what a connection needs, so that nothing was sent. */
  readonly reason: 'unreachable' | 'reset' | 'error' | 'generator';
  /** In words, or the code of the system. */
  readonly text: string;
}

/** File descriptors, local ports, memory: this machine has no more of something. */
const shortages = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** Whether an error of the system is of the generator's own machine. */
export function ofGenerator(code: string): boolean {
  return shortages.has(code);
}
