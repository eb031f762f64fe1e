import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { targetModel } from './target-model.ts';

const target = 'http://127.0.0.1:3000/cart?all=1';
const database = 'postgres://app:secret@localhost/shop';

function modelOf(
  dependencies: readonly string[],
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const described = targetModel({ target, dependencies, command }, environment);
  return { described, model: readModel(described.text, 'the command line', {}).model };
}

describe('a target without a file', () => {
  it('is told of the proxy wherever it is told of a dependency', () => {
    const { described, model } = modelOf(
      ['DATABASE_URL', 'http://127.0.0.1:4000'],
      ['node', 'web.js', '--upstream', 'http://localhost:4000/api'],
      {
        DATABASE_URL: database,
        REPLICA_URL: 'postgres://127.0.0.1:5432/shop',
        OTHER: 'http://127.0.0.1:40000',
        MORE: 'db.localhost:5432',
      },
    );
    const [web, first, second] = model.services;
    expect(web?.process).toMatchObject({
      command: ['node', 'web.js', '--upstream', 'http://{port-4000}/api'],
      environment: {
        DATABASE_URL: 'postgres://app:secret@{database}/shop',
        REPLICA_URL: 'postgres://{database}/shop',
      },
      port: 3000,
    });
    expect(Object.keys(web?.process?.environment ?? {})).toHaveLength(2);
    expect([first?.name, first?.address]).toEqual(['database', 'localhost:5432']);
    expect([second?.name, second?.address]).toEqual(['port-4000', '127.0.0.1:4000']);
    expect(described.dependencies.map(({ namedBy }) => namedBy)).toEqual([
      ['DATABASE_URL', 'REPLICA_URL'],
      ['its arguments'],
    ]);
    expect(model.sources[0]?.requests?.[0]).toMatchObject({ path: '/cart?all=1', method: 'GET' });
  });

  it('is attached to where it runs already', () => {
    const { model } = modelOf(['http://127.0.0.1:4000'], [], {});
    expect(model.services[0]).toMatchObject({ address: 'http://127.0.0.1:3000' });
    expect(model.services[0]?.process).toBeUndefined();
  });

  it('says what is wrong, and no secret', () => {
    const failure = (dependency: string, environment = {}): string => {
      try {
        modelOf([dependency], [], environment);
      } catch (error) {
        return String(error);
      }
      return 'none';
    };
    expect(failure('DATABASE_URL')).toContain('the variable DATABASE_URL is not set');
    expect(failure('DATABASE_URL', { DATABASE_URL: 'secret' })).toBe(
      'UsageError: option --dependency: what the variable DATABASE_URL holds is not an address',
    );
    expect(failure('http://127.0.0.1')).toBe('none');
    expect(failure('nowhere:')).toContain('"nowhere:" is not an address');
  });
});
