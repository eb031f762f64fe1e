import type { SettingKind } from './kinds.ts';

/** What a policy is made of: with another value it is another policy. */
const policyWords = words(`
  timeout timeouts deadline retry retries attempts backoff jitter breaker circuit budget hedge
  ttl keepalive tls ssl protocol schema interval grace
`);

/** What follows the load. */
const scaleWords = words(`
  pool concurrency workers worker threads threadpool connections replicas prefetch batch capacity
  rate limit limits quota maxmemory partitions
`);

/** What each environment has for itself. */
const ownWords = words('bucket topic webhook dsn');

/** Stores, whose address is what must not be shared. */
const storeWords = words(`
  db database postgres postgresql pg mysql mariadb mongo mongodb redis valkey amqp rabbitmq kafka
  sqs s3 elasticsearch opensearch queue broker
`);

const addressWords = words('url uri host hosts address endpoint server servers brokers');

/** Who takes money, and whether it is real. */
const paymentWords = words('stripe payment payments paypal adyen braintree klarna billing');
const modeWords = words('mode env environment live sandbox account');

/** Named by what they do, not by a word that is in them. */
const known: Readonly<Record<string, SettingKind>> = {
  NODE_ENV: 'equal',
  NODE_OPTIONS: 'equal',
  NODE_TLS_REJECT_UNAUTHORIZED: 'equal',
  UV_THREADPOOL_SIZE: 'scale',
  GOMAXPROCS: 'scale',
  GOMEMLIMIT: 'scale',
};

/**
 * What the name of an environment variable says of how it must stand to its twin. Undefined: it
 * says nothing, and the two may be as they like.
 */
export function variableKind(name: string, secret: boolean): SettingKind | undefined {
  if (secret) return 'differ';
  const own = known[name];
  if (own !== undefined) return own;
  const parts = wordsIn(name);
  const has = (some: ReadonlySet<string>): boolean => parts.some((part) => some.has(part));
  // `DB_POOL_TIMEOUT` is a timeout, and `REDIS_RETRY_LIMIT` a number of retries.
  if (has(policyWords)) return 'equal';
  if (has(scaleWords)) return 'scale';
  if (has(ownWords)) return 'differ';
  if (has(storeWords) && has(addressWords)) return 'differ';
  if (has(paymentWords) && has(modeWords)) return 'differ';
  return undefined;
}

/** `maxPoolSize`, `MAX_POOL_SIZE` and `max-pool.size` are the same three words. */
export function wordsIn(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
