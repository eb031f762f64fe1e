import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc07 } from './lc07-no-pre-stop.ts';
import { coded } from '../../testing/edges.ts';
import type { Container } from '../../../model/import/landscape.ts';

describe('LC07', () => {
  it('finds a pod that stops listening while others still send to it', () => {
    expect(messages(lc07, onKubernetes({}))).toMatchInlineSnapshot(`
      "web.yaml:9:11 medium LC07
      web: it has no preStop hook: it stops listening while others still send to it
      passes: a preStop hook that sleeps 5 s"
    `);
  });

  it('finds a sleep that is too short', () => {
    const hook = (seconds: number): string =>
      messages(
        lc07,
        onKubernetes({ container: `lifecycle: { preStop: { sleep: { seconds: ${seconds} } } }` }),
      );
    expect(hook(4)).toMatchInlineSnapshot(`
      "web.yaml:12:33 medium LC07
      web: preStop sleeps 4 s, and requests arrive for longer
        preStop: 4 s (web.yaml:12)
      passes: a preStop hook that sleeps 5 s"
    `);
    expect(hook(5)).toBe('');
  });

  it('is content with a hook that may wait, with jobs, and with compose', () => {
    const container = 'lifecycle: { preStop: { exec: { command: [/drain] } } }';
    expect(messages(lc07, onKubernetes({ container }))).toBe('');
    expect(messages(lc07, onKubernetes({ kind: 'Job' }))).toBe('');
    expect(messages(lc07, onCompose('web: { image: shop/web:1, ports: [8080] }'))).toBe('');
  });

  it('points at the container that listens, and trusts a hook beside a short sleep', () => {
    const landscape = onKubernetes({});
    const [workload] = landscape.workloads;
    const [container] = workload!.containers;
    const at = { ...container!.at, line: 1 };
    const of = (...containers: Container[]): string =>
      messages(lc07, { ...landscape, workloads: [{ ...workload!, containers }] });
    expect(of({ ...container!, ports: [], at }, container!)).not.toContain('web.yaml:1:');
    const short = { ...container!, preStop: { at, sleepMs: coded(1000) } };
    expect(of(short)).toContain('LC07');
    expect(of(short, { ...container!, preStop: { at, sleepMs: undefined } })).toBe('');
  });
});
