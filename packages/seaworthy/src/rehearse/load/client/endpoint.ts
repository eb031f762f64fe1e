import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';

import { hostOf } from '../../proxy/address.ts';

/** Where connections go to. */
export interface Endpoint {
  /** An address: looking a name up for each connection would measure the resolver. */
  readonly host: string;
  readonly port: number;
  /** Undefined: no TLS. Else the name that the certificate is for. */
  readonly tls: { readonly servername?: string } | undefined;
}

/** A name with several addresses is tried for so long before the first of them is taken. */
const tryMaxMs = 2000;

/**
 * The address of a target. Of several one that takes a connection, or else the first.
 *
 * @throws what the resolver says, such as ENOTFOUND
 */
export async function endpointOf(target: URL): Promise<Endpoint> {
  const name = hostOf(target);
  const isTls = target.protocol === 'https:';
  const port = Number(target.port || (isTls ? 443 : 80));
  if (isIP(name) !== 0) return { host: name, port, tls: isTls ? {} : undefined };
  const { address } = await lookup(name);
  const host = (await reached(name, port)) ?? address;
  return { host, port, tls: isTls ? { servername: name } : undefined };
}

/** Node tries all addresses of a name, of both families. */
function reached(name: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: name, port, autoSelectFamily: true });
    const settle = (address?: string): void => {
      socket.destroy();
      resolve(address);
    };
    socket
      .setTimeout(tryMaxMs, () => settle())
      .once('connect', () => settle(socket.remoteAddress))
      .once('error', () => settle());
  });
}
