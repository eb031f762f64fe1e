/**
 * Suffixes that each network resolves for itself (RFC 6762, RFC 8375, ICANN's `internal`,
 * Kubernetes, Consul): the same name is another machine in another environment.
 */
const localNames = ['localhost', 'local', 'internal', 'lan', 'home.arpa', 'svc', 'consul', 'test'];

/** `db.shop.svc.cluster.local`, and whatever a cluster has instead of `cluster.local`. */
const inCluster = /\.svc\./;

/** RFC 1918 and loopback: the same number is another machine in another network. */
const privateAddress = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$|\[?f[cd])/i;

/**
 * Whether a value names one thing in the whole world: a public host, an ARN, a bucket. `postgres`
 * or `redis:6379` is whatever the network of an environment calls so.
 */
export function namesOneThing(value: string): boolean {
  if (/^(arn|projects)[:/]./.test(value)) return true;
  if (/^(s3|gs|az|abfss?):\/\/./.test(value)) return true;
  const host = hostOf(value);
  if (host === undefined || !host.includes('.')) return false;
  if (inCluster.test(host) || localNames.some((name) => host.endsWith(`.${name}`))) return false;
  return !privateAddress.test(host);
}

/** The host of `https://a.b/c`, `user@a.b:5432/c` or `a.b:5432,c.d:5432` (its first). */
export function hostOf(value: string): string | undefined {
  const rest = value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^[^/@]*@/, '');
  const host = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)/i.exec(rest)?.[1];
  return host?.toLowerCase();
}
