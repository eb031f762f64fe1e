import { STATUS_CODES } from 'node:http';

import type { EffectOf } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** Some requests are answered in place of the callee, which never hears of them. */
export function httpStatus({ status, headers, body }: EffectOf<'http_status'>): EffectRunner {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Injected'}\r\n`;
  return {
    each: 'request',
    answer: { status, headers: line + lines.join(''), body },
  };
}
