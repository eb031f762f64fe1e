import { isIP } from 'node:net';

/** Where to listen, or where to connect to. */
export interface Address {
  /** A name or an IP address; the empty one, to listen on, is every interface. */
  readonly host: string;
  /** 0, to listen on: the system picks one. */
  readonly port: number;
}

const portMax = 65_535;

/** `127.0.0.1:8080`, `[::1]:8080`, `name:8080`, `:8080`; undefined for what is none of these. */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]\s/]*)):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [, bracketed, plain, digits] = match;
  const port = Number(digits);
  if (port > portMax) return undefined;
  if (bracketed !== undefined && isIP(bracketed.replace(/%.*$/, '')) !== 6) return undefined;
  return { host: bracketed ?? plain ?? '', port };
}

/** Of a service that runs already, as the schema lets it through: a URL, or host and port. */
export function addressOf(text: string): Address {
  const url = new URL(/^https?:/.test(text) ? text : `tcp://${text}`);
  const byDefault = url.protocol === 'https:' ? 443 : 80;
  return { host: hostOf(url), port: Number(url.port || byDefault) };
}

/** As connections and certificates have it: an address of IPv6 without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The inverse of {@link parseAddress}. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
