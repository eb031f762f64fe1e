import { isIP } from 'node:net';

/** Whether a host is this machine, by its name. */
function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}

/**
 * Whether load may go to a host: to this machine always, elsewhere to what the user has allowed by
 * name.
 */
export function mayLoad(host: string, allowed: readonly string[]): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return isLoopback(name) || allowed.some((one) => one.toLowerCase() === name);
}
