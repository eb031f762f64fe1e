import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { dr14 } from './dr14-dead-route.ts';

/** Routes to payments, which has the subsets v1 and v2. */
function routes(http: string, rule = 'subsets: [{ name: v1 }, { name: v2 }]'): string {
  const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments }
spec: { host: payments.shop.svc.cluster.local, ${rule} }
`;
  const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
${http.replace(/^/gm, '    ')}
`;
  const objects = rule === '' ? [virtualService] : [virtualService, destinationRule];
  return messages(dr14, folderLandscape({ 'mesh.yaml': objects.join('---\n') }));
}

function to(subset: string, match = ''): string {
  return `- { ${match} route: [{ destination: { host: payments, subset: ${subset} } }] }`;
}

const canary = 'match: [{ headers: { canary: { exact: "1" } } }],';

describe('DR14', () => {
  it('finds a subset that there is not', () => {
    expect(routes(to('v3'))).toMatchInlineSnapshot(`
      "mesh.yaml:7:59 medium DR14
      payments: it sends requests to the subset v3 of payments, which there is not
        subset of payments: v3 (mesh.yaml:7)
      passes: one of v1, v2"
    `);
    expect(routes(to('v3'), 'subsets: []')).toContain('no subset, or one that');
  });

  it('finds a route behind one that takes all, once for all of its destinations', () => {
    const behind = `- ${canary.slice(0, -1)}
  route:
    - { weight: 50, destination: { host: payments, subset: v1 } }
    - { weight: 50, destination: { host: payments, subset: v2 } }`;
    expect(routes(`${to('v1')}\n${behind}`)).toMatchInlineSnapshot(`
      "mesh.yaml:8:7 medium DR14
      payments: no request comes to this route: the one at line 7 takes all
      passes: the route without a match as the last one"
    `);
  });

  it('is content with the route without a match last, with several destinations, without subsets', () => {
    expect(routes(`${to('v2', canary)}\n${to('v1')}`)).toBe('');
    const split = `- route:
    - { weight: 90, destination: { host: payments, subset: v1 } }
    - { weight: 10, destination: { host: payments, subset: v2 } }`;
    expect(routes(split)).toBe('');
    expect(routes('- { route: [{ destination: { host: payments } }] }', '')).toBe('');
  });

  it('says what it lacks where the rule is elsewhere', () => {
    expect(routes(to('v1'), '')).toBe(
      'payments lacks the subsets of payments: its DestinationRule',
    );
  });
});
