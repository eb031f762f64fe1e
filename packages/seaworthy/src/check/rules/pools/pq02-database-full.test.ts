import { describe, expect, it } from 'vitest';

import type { Pool } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { nodeApp, withSecondPool } from '../../testing/node-app.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { pq02 } from './pq02-database-full.ts';
import { coded } from '../../testing/edges.ts';

function pool(size: number, more = ''): string {
  const environment = {
    DATABASE_URL: 'postgres://db/shop',
    DATABASE_POOL_SIZE: String(size),
    ...(more === '' ? {} : { WEB_CONCURRENCY: more }),
  };
  return messages(pq02, nodeApp({ environment, web: 'deploy: { replicas: 4 }' }));
}

describe('PQ02', () => {
  it('adds up what replicas may open', () => {
    expect(pool(30)).toMatchInlineSnapshot(`
      "compose.yaml:6:76 high PQ02
      db: its callers may open 120 connections (web 120), 124 % of the 97 that it has for them
        max_connections of db: 100 (default of PostgreSQL)
        reserved connections: 3 (default of PostgreSQL)
        pool of web: 30 (compose.yaml:6)
        most replicas of web: 4 (compose.yaml:7)
      passes: 77 connections at most, of all pools together"
    `);
  });

  it('knows what the database keeps for itself, and a fifth to spare', () => {
    // 97 of 100 are for them; 80 % of 97 are 77.
    expect(pool(19)).toBe('');
    expect(pool(20)).toContain('82 % of the 97');
    expect(pool(10, '2')).toContain('processes of web: 2');
  });

  it('counts what an autoscaler and a rollout may add', () => {
    const text = (surge: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  strategy: { rollingUpdate: { maxSurge: ${surge}, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: shop/web:1
          env:
            - { name: DATABASE_URL, value: "postgres://db/shop" }
            - { name: DATABASE_POOL_SIZE, value: "10" }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  template:
    spec:
      containers:
        - { name: db, image: "postgres:16.3", args: [-c, max_connections=103] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 8
`;
    expect(messages(pq02, folderLandscape({ 'shop.yaml': text('0') }))).toBe('');
    expect(messages(pq02, folderLandscape({ 'shop.yaml': text('25%') }))).toMatchInlineSnapshot(`
      "shop.yaml:14:50 high PQ02
      db: its callers may open 100 connections (web 100), 100 % of the 100 that it has for them
        max_connections of db: 103 (shop.yaml:23)
        reserved connections: 3 (default of PostgreSQL)
        pool of web: 10 (shop.yaml:14)
        most replicas of web: 8 (shop.yaml:31)
        surge of web: 25% (shop.yaml:5)
      passes: 80 connections at most, of all pools together"
    `);
    expect(messages(pq02, folderLandscape({ 'shop.yaml': text('3') }))).toContain('critical PQ02');
  });

  it('counts no pools of others, and none without an end', () => {
    const landscape = nodeApp({
      environment: { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: '98' },
    });
    const more = (rest: Partial<Pool>): string => messages(pq02, withSecondPool(landscape, rest));
    const alone = messages(pq02, landscape);
    expect(alone).toContain('PQ02');
    expect(more({ to: 'elsewhere' })).toBe(alone);
    expect(more({ size: coded(Infinity) })).toBe(alone);
    expect(more({})).not.toBe(alone);
  });
});
