import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

workplace.write(
  'seaworthy.yaml',
  `seaworthy: 1
name: one
run: { for: 60s }
services: { web: { steps: [{ wait: 20ms }] } }
traffic: { people: { to: web, rate: 10/s } }
environments: { production: { traffic: { people: { rate: 500/s } } } }
`,
);

describe('seaworthy explain', () => {
  it('prints the effective model with the origin of each value', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "seaworthy: 1                                            # seaworthy.yaml:1
      name: one                                               # seaworthy.yaml:2
      run:
        for: 60s                                              # seaworthy.yaml:3
        warmUp: 0s                                            # default
        replications: 5                                       # default
        seed: 1                                               # default
      services:
        web:
          replicas: 1                                         # default
          concurrency: unlimited                              # default
          cores: 1                                            # default
          scheduling: shared                                  # default
          queue:
            limit: unlimited                                  # default
            order: fifo                                       # default
            maxWait: none                                     # default
            target: 5ms                                       # default
            interval: 100ms                                   # default
          balance: round-robin                                # default
          admission: none                                     # default
          abandoned: served                                   # default
          slowdown: none                                      # default
          pauses: []                                          # default
          memory: plenty                                      # default
          autoscale: as many as from the beginning            # default
          start: { readyAfter: 10s, slower: 1, warmUp: 30s }  # default
          grace: 30s                                          # default
          steps: [{ wait: 20ms }]                             # seaworthy.yaml:4
          run: not started                                    # default
          address: not running                                # default
          metrics: not read                                   # default
      queues: {}                                              # default
      rows: {}                                                # default
      calls:
        people -> web:
          deadline: none                                      # default
          timeout: none                                       # default
          taskAttempts: as inherited                          # default
          propagate: false                                    # default
          admission: none                                     # default
          cache: none                                         # default
          retry: none                                         # default
          throttle: none                                      # default
          hedge: none                                         # default
          balance: as the service, seen from outside          # default
          outliers: none                                      # default
          breaker: none                                       # default
          limit: none                                         # default
          fallback: []                                        # default
          fallbackReserve: 0s                                 # default
          network:
            profile: none                                     # default
            latency: 0s                                       # default
            loss: 0%                                          # default
            newConnections: 0%                                # default
            dnsSlow: 0%                                       # default
            dnsFails: 0%                                      # default
            slow: none                                        # default
      traffic:
        people:
          to: web                                             # seaworthy.yaml:5
          rate: 10/s                                          # seaworthy.yaml:5
          arrivals: poisson                                   # default
          clients: 1                                          # default
          criticality: critical                               # default
          keys: none                                          # default
          reload: none                                        # default
          requests: the root                                  # default
      scenarios: {}                                           # default
      objectives: []                                          # default
      expectations: []                                        # default
      limits: []                                              # default
      "
    `);
  });

  it('says which values an environment brought', async () => {
    const { stdout } = await workplace.run(['explain', '--env', 'production']);
    expect(stdout.split('\n').filter((line) => line.includes('rate:'))).toMatchInlineSnapshot(`
      [
        "    rate: 500/s                                         # production (seaworthy.yaml:6)",
      ]
    `);
  });

  it('knows the environments', async () => {
    const { code, stderr } = await workplace.run(['explain', '--env', 'productoin']);
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:1  environments  unknown environment "productoin"
          6 | environments: { production: { traffic: { people: { rate: 500/s } } } }
            | ^^^^^^^^^^^^
      did you mean "production"?
      "
    `);
  });

  it('prints the page of a rule', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'rt02']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const page = new URL('../../../../../docs/rules/RT02.md', import.meta.url);
    expect(stdout).toBe(readFileSync(page, 'utf8'));
  });

  it('says why there is no rule of its own for a known failure', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'NJ01']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "# NJ01: keep-alive times of Node against those of a load balancer

      No rule of its own: merged into PQ11, which knows the default of each version of Node.
      "
    `);
  });

  it('knows the rules', async () => {
    const { code, stdout, stderr } = await workplace.run(['explain', 'RT99']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown rule "RT99"\nknown here: RT01, RT02,/);
  });

  it('does not wait for the end of a file that has none', async () => {
    const { code, stderr } = await workplace.run(['explain', '/dev/zero']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: cannot read /dev/zero: it is longer than 16 MB\n');
  });

  it('points at what is wrong with a file', async () => {
    workplace.write('wrong.yaml', 'seaworthy: 1\nname: one\nservices:\n  web: { replica: 3 }\n');
    const { code, stdout, stderr } = await workplace.run(['explain', 'wrong.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "wrong.yaml:1:1  traffic  the key "traffic" is missing
          1 | seaworthy: 1
            | ^^^^^^^^^^^^

      wrong.yaml:4:10  services.web.replica  unknown key
          4 |   web: { replica: 3 }
            |          ^^^^^^^
      did you mean "replicas"?
      "
    `);
  });
});
