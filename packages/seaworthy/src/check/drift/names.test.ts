import { describe, expect, it } from 'vitest';

import { plainName } from './compare.ts';
import { daysBetween } from './days.ts';
import { namesOneThing } from './shared-name.ts';
import { variableKind } from './variable-kind.ts';

describe('variableKind', () => {
  it.each([
    ['HTTP_TIMEOUT_MS', 'equal'],
    ['maxRetries', 'equal'],
    ['DB_POOL_TIMEOUT', 'equal'],
    ['REDIS_RETRY_LIMIT', 'equal'],
    ['NODE_OPTIONS', 'equal'],
    ['TLS_MIN_VERSION', 'equal'],
    ['DB_POOL_SIZE', 'scale'],
    ['WEB_CONCURRENCY', 'scale'],
    ['rateLimit', 'scale'],
    ['DATABASE_URL', 'differ'],
    ['S3_BUCKET', 'differ'],
    ['REDIS_HOST', 'differ'],
    ['STRIPE_MODE', 'differ'],
    ['LOG_LEVEL', undefined],
    ['PAYMENTS_URL', undefined],
    ['TITLE', undefined],
  ])('takes %s as %s', (name, kind) => {
    expect(variableKind(name, false)).toBe(kind);
  });

  it('takes whatever is secret as what must differ', () => {
    expect(variableKind('TIMEOUT', true)).toBe('differ');
  });
});

describe('namesOneThing', () => {
  it.each([
    'db.example.org',
    'postgres://u@db.example.org:5432/shop',
    'arn:aws:sqs:eu-west-1:1:orders',
    's3://shop-orders',
    '8.8.8.8',
    'projects/shop/topics/orders',
  ])('%s does', (value) => {
    expect(namesOneThing(value)).toBe(true);
  });

  it.each([
    'postgres',
    'redis:6379',
    'localhost',
    'http://localhost:3000',
    'db.internal',
    'db.shop.svc.cluster.local:5432',
    'db.shop.svc',
    '10.0.0.5:5432',
    '192.168.1.2',
    '172.16.0.1',
    '[::1]:80',
    'orders',
    '',
  ])('%s does not', (value) => {
    expect(namesOneThing(value)).toBe(false);
  });

  it('knows where the private networks end', () => {
    expect(['172.15.0.1', '172.32.0.1', '11.0.0.1'].map(namesOneThing)).toEqual([true, true, true]);
  });
});

describe('plainName', () => {
  it.each([
    ['web-staging', 'web'],
    ['staging-web', 'web'],
    ['web.staging', 'web'],
    ['web_staging_v2', 'web_v2'],
    ['stagingweb', 'stagingweb'],
    ['web-stagings', 'web-stagings'],
    ['WEB-STAGING', 'WEB'],
  ])('of %s is %s', (name, plain) => {
    expect(plainName(name, 'staging')).toBe(plain);
  });
});

describe('daysBetween', () => {
  it.each([
    ['2026-11-21', '2026-11-21', 0],
    ['2026-11-21', '2026-11-22', 1],
    ['2026-11-22', '2026-11-21', -1],
    ['2026-12-31', '2027-01-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2027-02-28', '2027-03-01', 1],
    ['2100-02-28', '2100-03-01', 1],
    ['2000-01-01', '2026-01-01', 9497],
  ])('from %s to %s is %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});
