import { X509Certificate } from 'node:crypto';

import type { Source } from '../../source/source.ts';
import type { Certificate, FileOrigin, NotUnderstood } from '../landscape.ts';

const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates of a PEM file. Keys beside them are passed over, and never kept. */
export function certificatesOf(
  source: Source,
  notUnderstood: NotUnderstood[],
): readonly Certificate[] {
  return [...source.text.matchAll(block)].flatMap((match) => {
    const position = source.position(match.index);
    const at: FileOrigin = { kind: 'file', file: source.fileName, ...position };
    try {
      const { subject, validFrom, validTo } = new X509Certificate(match[0]);
      return [
        {
          at,
          subject: subject.replace(/\n/g, ', '),
          notBefore: { value: isoTime(validFrom), origin: at },
          notAfter: { value: isoTime(validTo), origin: at },
          renewBeforeMs: undefined,
        },
      ];
    } catch {
      const why = 'not a certificate';
      notUnderstood.push({ file: source.fileName, ...position, why, isBroken: true });
      return [];
    }
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov  1 12:00:00 2026 GMT`, as OpenSSL writes it, to `2026-11-01T12:00:00Z`. */
function isoTime(text: string): string {
  const [month = '', day = '', time = '', year = ''] = text.split(/\s+/);
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  return `${year}-${number}-${day.padStart(2, '0')}T${time}Z`;
}
