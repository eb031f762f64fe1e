import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onIstio } from '../../testing/mesh.ts';
import { rt16 } from './rt16-lasting-errors.ts';

function retryOn(conditions: string): string {
  return messages(rt16, onIstio(`retries: { attempts: 2, retryOn: "${conditions}" }`));
}

describe('RT16', () => {
  it('finds conditions that no second attempt changes', () => {
    expect(retryOn('5xx,retriable-4xx,404')).toMatchInlineSnapshot(`
      "mesh.yaml:36:40 medium RT16
      web -> payments: istio tries again after retriable-4xx, 404
        attempts of web -> payments: 3 (mesh.yaml:36)
        conditions of web -> payments: 5xx, retriable-4xx, 404 (mesh.yaml:36)
      passes: conditions without retriable-4xx, 404"
    `);
  });

  it('is content with what may pass, and with one attempt', () => {
    expect(retryOn('5xx,reset,429')).toBe('');
    expect(messages(rt16, onIstio('retries: { attempts: 0, retryOn: "404" }'))).toBe('');
  });
});
