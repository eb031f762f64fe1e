import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc10 } from './lc10-heap-above-limit.ts';

function heap(options: string, limit: string): string {
  const container = `env: [{ name: NODE_OPTIONS, value: "${options}" }]
resources: { limits: { memory: ${limit} } }`;
  return messages(lc10, onKubernetes({ container }));
}

describe('LC10', () => {
  it('finds a heap that may outgrow its container', () => {
    expect(heap('--max-old-space-size=512', '512Mi')).toMatchInlineSnapshot(`
      "web.yaml:12:46 high LC10
      web: its heap may grow to 512 MiB, and it is killed at 512 MiB
        heap limit: 512 MiB (web.yaml:12)
        memory limit: 512 MiB (web.yaml:13)
      passes: a heap limit of 409 MiB or less"
    `);
  });

  it('leaves a fifth of the limit, and 64 MiB at least', () => {
    expect(heap('--max-old-space-size=820', '1Gi')).toContain('a heap limit of 819 MiB or less');
    expect(heap('--max-old-space-size=819', '1Gi')).toBe('');
    expect(heap('--max-old-space-size=65', '128Mi')).toContain('a heap limit of 64 MiB or less');
    expect(heap('--max-old-space-size=64', '128Mi')).toBe('');
    expect(heap('--max-old-space-size=32', '64Mi')).toContain('a memory limit of 104 MiB or more');
  });

  it('reads the command, and the options of Java', () => {
    const service = (command: string): string =>
      messages(lc10, onCompose(`web: { image: a:1, mem_limit: 1g, command: ${command} }`));
    expect(service('node --max_old_space_size=1000 server.js')).toContain('LC10');
    expect(service('java -Xmx1g -jar web.jar')).toContain('its heap may grow to 1 GiB');
    expect(service('java -Xmx512m -jar web.jar')).toBe('');
  });

  it('says nothing without a limit of either', () => {
    expect(messages(lc10, onKubernetes({}))).toBe('');
    expect(messages(lc10, onCompose('web: { image: a:1, command: java -Xmx64g }'))).toBe('');
  });
});
