import type { Certificate } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { daysBetween } from '../../drift/days.ts';
import type { Decision } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

/** Go's autocert and cert-manager renew when a third of the lifetime is left. */
const lifetimeShare = 1 / 3;
/** The least: a renewal that fails needs people, and they need a fortnight with its holidays. */
const renewDaysMin = 14;
const criticalDays = 7;

export const dr10: Rule = {
  id: 'DR10',
  name: 'a certificate ends soon',
  severity: 'high',
  formula:
    'the last day of a certificate is less than a third of its lifetime away, and at least 14 ' +
    'days; critical from 7 days before',
  why: 'on the day after, every connection fails at once, in all replicas, whatever retries there are',
  sources: [
    'https://pkg.go.dev/golang.org/x/crypto/acme/autocert#Manager',
    'https://cert-manager.io/docs/usage/certificate/',
  ],
  remedy: 'Renew it now, and have it renewed by a program from now on.',
  needs: ['certificates as PEM files', 'the day of today'],
  *decide({ certificates, today }) {
    for (const certificate of certificates) {
      const decision = decide(certificate, today);
      if (decision !== undefined) yield decision;
    }
  },
};

function decide(certificate: Certificate, today: string | undefined): Decision | undefined {
  const { subject, notBefore, notAfter, at } = certificate;
  if (today === undefined) return { kind: 'lacks', subject, input: 'the day of today' };
  const left = daysBetween(today, dayOf(notAfter.value));
  const lifetime = daysBetween(dayOf(notBefore.value), dayOf(notAfter.value));
  const renewDays = Math.max(renewDaysMin, lifetime * lifetimeShare);
  if (left >= renewDays) return undefined;
  const lastDay = dayOf(notAfter.value);
  return finding(subject, {
    severity: left < criticalDays ? 'critical' : 'high',
    what:
      left < 0
        ? `it ended on ${lastDay}`
        : `its last day is ${lastDay}, ${daysText(left)} from today`,
    numbers: [
      { name: 'last day', value: lastDay, unit: 'text', origin: notAfter.origin },
      {
        name: 'lifetime in days',
        value: Math.round(lifetime),
        unit: 'count',
        origin: notAfter.origin,
      },
    ],
    passes: `a certificate that lasts until ${Math.ceil(renewDays)} days from today at least`,
    at,
  });
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** The day of `2027-01-31T00:00:00.000Z`. */
function dayOf(moment: string): string {
  return moment.slice(0, 'yyyy-mm-dd'.length);
}
