/** What the formats have in common. */
export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly service: string;
  readonly operation: string;
  readonly kind: 'server' | 'client' | 'other';
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  /** Who is called, as the caller knows it. */
  readonly peer: string | undefined;
  /** It was sent before: `http.request.resend_count` is above 0. */
  readonly again: boolean;
}

/** The attributes that name the callee, in the order of what they say. */
const peerKeys = [
  'peer.service',
  'db.system.name',
  'db.system',
  'messaging.system',
  'server.address',
  'net.peer.name',
  'peer.hostname',
  'rpc.service',
];

/** Who a span says that it calls. */
export function peerOf(attribute: (key: string) => unknown): string | undefined {
  for (const key of peerKeys) {
    const value = attribute(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
