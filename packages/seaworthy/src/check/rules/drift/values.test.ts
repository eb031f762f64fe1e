import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { variableMessages } from '../../testing/pairs.ts';
import { variablesLandscape } from '../../testing/variables.ts';
import { dr08 } from './dr08-placeholder.ts';
import { dr09 } from './dr09-flag-never-rehearsed.ts';
import { dr13 } from './dr13-parse-trap.ts';
import { dr16 } from './dr16-debug-in-production.ts';

describe('DR08', () => {
  const check = (text: string, environment = 'production') => {
    return messages(dr08, variablesLandscape(text, environment));
  };

  it('finds placeholders and names that nobody has', () => {
    expect(check('API_URL=https://api.example.com/v1\nREGION=<region>')).toMatchInlineSnapshot(`
      ".env.production:1:1 critical DR08
      .env API_URL: API_URL is a name that is reserved for documentation in production
        API_URL: https://api.example.com/v1 (.env.production:1)
      passes: the value of production, or no API_URL at all

      .env.production:2:1 critical DR08
      .env REGION: REGION is a placeholder in production
        REGION: <region> (.env.production:2)
      passes: the value of production, or no REGION at all"
    `);
  });

  it.each([
    'A=changeme',
    'A=CHANGE_ME',
    'A=your-key-here',
    'A=xxx',
    'A=tbd',
    'A=https://198.51.100.7/x',
    'A=replace-me',
    'A=db.example.net:5432',
    'A=sk_test_4eC39HqLyjWDarjtT1',
  ])('finds %s', (text) => {
    expect(check(text)).toContain('critical DR08');
  });

  it.each([
    'A=https://api.acme.io',
    'A=xx',
    'A=exchange',
    'A=example',
    'A=7',
    'A=',
    'A=todos',
    'A=http://localhost:3000',
  ])('is content with %s', (text) => {
    expect(check(text)).toBe('');
  });

  it('looks at production only', () => {
    expect(check('A=changeme', 'staging')).toBe('');
    expect(check('A=changeme\nNODE_ENV=production', 'x')).toContain('DR08');
    const landscape = { ...variablesLandscape('A=changeme', 'x'), environment: 'prod-eu' };
    expect(messages(dr08, landscape)).toContain('DR08');
    expect(messages(dr08, { ...landscape, environment: 'staging' })).toBe('');
    expect(messages(dr08, { ...landscape, environment: 'product' })).toBe('');
  });
});

describe('DR09', () => {
  it('finds a flag that was never on', () => {
    const found = variableMessages(dr09, 'FEATURE_NEW_CART=off', 'FEATURE_NEW_CART=true');
    expect(found).toMatchInlineSnapshot(`
      ".env.production:1:1 high DR09
      .env FEATURE_NEW_CART: FEATURE_NEW_CART is on in production, and off in staging
        FEATURE_NEW_CART in staging: off (.env.staging:1)
        FEATURE_NEW_CART in production: true (.env.production:1)
      passes: FEATURE_NEW_CART on in staging"
    `);
    expect(variableMessages(dr09, 'CART_ENABLED=0', 'CART_ENABLED=1')).toContain('DR09');
  });

  it.each([
    ['it was on', 'FEATURE_A=on', 'FEATURE_A=on'],
    ['it is off', 'FEATURE_A=on', 'FEATURE_A=off'],
    ['it is off in both', 'FEATURE_A=0', 'FEATURE_A=0'],
    ['it is no flag', 'FEATURE_A=a', 'FEATURE_A=b'],
    ['it is not named as one', 'CART=off', 'CART=on'],
    ['one has no such flag', '', 'FEATURE_A=on'],
  ])('is content where %s', (_, here, there) => {
    expect(variableMessages(dr09, here, there)).toBe('');
  });
});

describe('DR13', () => {
  const check = (text: string) => messages(dr13, variablesLandscape(text, 'staging'));

  it('finds what is not read as it is written', () => {
    expect(check('A=1\nA=2\nB=${C}/x\nD="quoted"\nE=5 # five')).toMatchInlineSnapshot(`
      ".env.staging:2:1 medium DR13
      .env A: A is set twice, and the second value counts
        A: 1 (.env.staging:1)
        A: 2 (.env.staging:2)
      passes: one A

      .env.staging:3:1 medium DR13
      .env B: B has \${...} in it that nobody fills in
        B: \${C}/x (.env.staging:3)
      passes: the value itself

      .env.staging:4:1 medium DR13
      .env D: D has quotes as a part of its value
        D: "quoted" (.env.staging:4)
      passes: the value itself

      .env.staging:5:1 medium DR13
      .env E: E has a comment as a part of its value
        E: 5 # five (.env.staging:5)
      passes: the value itself"
    `);
  });

  it.each(['A=1\nA=1', 'A=$HOME', 'A=a"b"', 'A="a', 'A=#fff', 'A=a#b', 'A=$(B)'])(
    'is content with %s',
    (text) => {
      expect(check(text)).toBe('');
    },
  );
});

describe('DR16', () => {
  const check = (text: string, environment = 'production') => {
    return messages(dr16, variablesLandscape(text, environment));
  };

  it('finds that everything is logged or traced', () => {
    expect(check('LOG_LEVEL=debug')).toMatchInlineSnapshot(`
      ".env.production:1:1 low DR16
      .env LOG_LEVEL: LOG_LEVEL is debug in production: every step is logged
        LOG_LEVEL: debug (.env.production:1)
      passes: info, or above"
    `);
  });

  it.each([
    'APP_LOGLEVEL=TRACE',
    'DEBUG=*',
    'OTEL_TRACES_SAMPLER=always_on',
    'OTEL_TRACES_SAMPLER=parentbased_always_on',
    'SENTRY_TRACES_SAMPLE_RATE=1.0',
  ])('finds %s', (text) => {
    expect(check(text)).toContain('low DR16');
  });

  it.each([
    'LOG_LEVEL=info',
    'DEBUG=',
    'DEBUG=0',
    'OTEL_TRACES_SAMPLER=traceidratio',
    'SENTRY_TRACES_SAMPLE_RATE=0.99',
    'LOG_LEVELS=debug',
  ])('is content with %s', (text) => {
    expect(check(text)).toBe('');
  });

  it('looks at production only', () => {
    expect(check('LOG_LEVEL=debug', 'staging')).toBe('');
  });
});
