/** What the page says of single replicas. */
export const replicas = {
  title: (service: string) => `${service}, replica by replica: mean service time`,
  name: (number: number) => `#${number}`,
  scale: (fastest: string, slowest: string) => `${fastest} (faint) to ${slowest} (strong)`,
  failed: 'requests that failed',
  at: (replica: string, time: string) => `${replica} ${time}`,
  slowest: (replica: string, slowest: string, other: string, fastest: string) =>
    `Slowest is ${replica} with ${slowest}, fastest ${other} with ${fastest}.`,
  most: (replica: string, share: string) => `${replica} fails most: ${share}.`,
  silent: (names: string) => `${names}: nothing came.`,
  left: (count: number) => `${count} between them are not drawn.`,
  replica: 'replica',
  came: 'came',
  failedShare: 'failed',
  time: 'service time',
};
