import type { Endpoint } from '../client/endpoint.ts';
import type { Part } from '../feed/feed.ts';
import type { LoadPlan } from '../plan.ts';
import type { PortableReading } from './portable.ts';

/** What a thread is given when it begins. */
export interface ThreadStart {
  readonly plan: LoadPlan;
  readonly endpoint: Endpoint;
  readonly part: Part;
}

/** What a thread is told. It answers `read` and `stop` with a reading. */
export type Order =
  /** Begin then, on the axis that all threads share. */
  | { readonly kind: 'begin'; readonly atSharedMs: number }
  | { readonly kind: 'read' }
  | { readonly kind: 'stop'; readonly graceMs: number };

/** What a thread says: first that it is ready, then its readings. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reading'; readonly reading: PortableReading };
