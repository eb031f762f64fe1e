import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { ob04 } from './ob04-promises-too-much.ts';
import { coded } from '../../testing/edges.ts';

function promises(web: string, payments: string, more = ''): string {
  const text = shop(`web -> payments: { timeout: 1s${more} }`);
  const objectives = `objectives: [web success > ${web}, payments success > ${payments}]\n`;
  return messages(ob04, modelLandscape(text + objectives));
}

describe('OB04', () => {
  it('finds an objective that arithmetic forbids', () => {
    expect(promises('99.9%', '99.5%')).toMatchInlineSnapshot(`
      "seaworthy.yaml:11:14 high OB04
      web: it promises 99.9 %, and needs payments (99.5 %), which allow 99.5 %
        objective of web: 99.9 % (seaworthy.yaml:11)
        objective of payments: 99.5 % (seaworthy.yaml:11)
      passes: an objective of 99.5 % or less"
    `);
  });

  it('is content with what the others allow', () => {
    expect(promises('99.5%', '99.5%')).toBe('');
    expect(promises('99.51%', '99.5%')).toContain('OB04');
  });

  it('is content with a fallback, and with objectives of other kinds', () => {
    expect(promises('99.9%', '99.5%', ', fallback: [{ answer: 1ms }]')).toBe('');
    const text = shop('web -> payments: { timeout: 1s }');
    const objectives = 'objectives: [web p99 < 1s, payments success > 99.5%]\n';
    expect(messages(ob04, modelLandscape(text + objectives))).toBe('');
  });

  it('takes the highest objective of success, of services, that says at least', () => {
    const highest = shop('web -> payments: { timeout: 1s }');
    const said = (objectives: string): string =>
      messages(ob04, modelLandscape(`${highest}objectives: [${objectives}]\n`));
    const payments = 'payments success > 99.5%';
    expect(said(`web success > 99.9%, web success > 99%, ${payments}`)).toContain('99.9 %');
    expect(said(`web success > 99%, web success > 99.9%, ${payments}`)).toContain('99.9 %');
    expect(said(`web success > 99.9%, web success > 99.9%, ${payments}`)).toContain('yaml:11:14');
    expect(said(`web success < 99.9%, ${payments}`)).toBe('');
    expect(said(`shoppers success > 99.9%, ${payments}`)).toBe('');
  });

  it('reads those of OpenSLO, of success and with a service', () => {
    const text = shop('web -> payments: { timeout: 1s }');
    const landscape = modelLandscape(`${text}objectives: [payments success > 99.5%]\n`);
    const said = (of: object): string => {
      const at = coded('').origin;
      const one = { name: 'web', at, windowMs: undefined, thresholdMs: undefined, alerts: [] };
      const kind = 'success' as const;
      const objective = { ...one, service: 'web', kind, target: coded(0.999), ...of };
      return messages(ob04, { ...landscape, objectives: [objective] });
    };
    expect(said({})).toContain('OB04');
    expect(said({ kind: 'latency' })).toBe('');
    expect(said({ service: undefined })).toBe('');
  });
});
