import { describe, expect, it } from 'vitest';

import { mayLoad } from './may-load.ts';

describe('a host may be loaded', () => {
  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.8.9.1', '::1', '[::1]', 'LocalHost'])(
    'when it is this machine: %s',
    (host) => expect(mayLoad(host, [])).toBe(true),
  );

  it.each(['example.com', '10.0.0.1', '128.0.0.1', 'localhost.example.com', '127.0.0.1.nip.io'])(
    'only when it was allowed by name: %s',
    (host) => {
      expect(mayLoad(host, ['other.example.com'])).toBe(false);
      expect(mayLoad(host, ['other.example.com', host.toUpperCase()])).toBe(true);
    },
  );
});
