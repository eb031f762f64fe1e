import { describe, expect, it } from 'vitest';

import type { CallEdge, PolicyLayer } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt02 } from './rt02-retrying-layers.ts';

const istio: PolicyLayer = {
  who: 'istio',
  kind: 'mesh',
  at: { kind: 'default', of: 'Istio', source: 'https://istio.io' },
  attempts: {
    value: 3,
    origin: { kind: 'default', of: 'Istio', source: 'https://istio.io' },
  },
};

/** The shop with Istio between its services. */
function meshed(calls: string): string {
  const landscape = modelLandscape(shop(calls));
  const within = (edge: CallEdge): CallEdge => ({ ...edge, layers: [...edge.layers, istio] });
  return messages(rt02, { ...landscape, edges: landscape.edges.slice(0, 2).map(within) });
}

describe('RT02', () => {
  it('finds the retries of the mesh behind those of the application', () => {
    expect(meshed('web -> payments: { retry: 2 }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:29 medium RT02
      web -> payments: 2 layers retry it: application 2 x istio 3 = 6 attempts
        attempts of web -> payments (application): 2 (seaworthy.yaml:8)
        attempts of web -> payments (istio): 3 (default of Istio)
      passes: attempts above 1 in one layer only"
    `);
  });

  it('is content where only one of them retries', () => {
    expect(meshed('web -> payments: { retry: 1 }')).toBe('');
    expect(messages(rt02, modelLandscape(shop('web -> payments: { retry: 2 }')))).toBe('');
  });
});
