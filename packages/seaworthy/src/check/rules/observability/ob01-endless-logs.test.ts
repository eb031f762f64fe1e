import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { ob01 } from './ob01-endless-logs.ts';

function logging(text: string): string {
  return messages(ob01, onCompose(`web: { image: a:1, logging: ${text} }`));
}

describe('OB01', () => {
  it('finds a log that nothing ends', () => {
    expect(logging('{ driver: json-file }')).toMatchInlineSnapshot(`
      "compose.yaml:2:41 high OB01
      web: its log grows until the disk is full
        logging driver: json-file (compose.yaml:2)
      passes: max-size: 10m and max-file: 3, or the driver local"
    `);
  });

  it('knows the default of Docker', () => {
    expect(messages(ob01, onCompose('web: { image: a:1 }'))).toContain('medium OB01');
  });

  it('finds a driver that may block the program', () => {
    expect(logging('{ driver: fluentd }')).toMatchInlineSnapshot(`
      "compose.yaml:2:41 high OB01
      web: while fluentd cannot send, each write to stdout waits
        logging driver: fluentd (compose.yaml:2)
      passes: mode: non-blocking"
    `);
    expect(logging('{ driver: gelf, options: { mode: blocking } }')).toContain('mode: blocking');
  });

  it('is content with a bound, with what rotates by itself, and with Kubernetes', () => {
    expect(logging('{ driver: json-file, options: { max-size: 10m } }')).toBe('');
    expect(logging('{ driver: local }')).toBe('');
    expect(logging('{ driver: fluentd, options: { mode: non-blocking } }')).toBe('');
    expect(messages(ob01, onKubernetes({}))).toBe('');
  });
});
