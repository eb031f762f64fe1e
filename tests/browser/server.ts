import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happened to the requests of one case, by its name. */
export interface Account {
  requests: number;
  atOnce: number;
  atOnceMax: number;
  /** Requests that went away before their answer was there. */
  aborted: number;
  bodies: string[];
}

export interface CaseServer {
  readonly origin: string;
  close(): Promise<void>;
}

const page = '<!doctype html><meta charset="utf-8"><title>cases</title>';

/**
 * Serves the cases, and what they call: `/CASE?plan=A,B` answers the first request of a case as A
 * says, the second as B, and all that follow as the last. A status, with `:200` for milliseconds to
 * wait before, or `hang`. `/CASE/account` tells what came.
 */
export async function serveCases(script: string): Promise<CaseServer> {
  const accounts = new Map<string, Account>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://case');
    const [, name = '', what] = pathname.split('/');
    const account = accountOf(accounts, name);
    if (name === '') response.setHeader('content-type', 'text/html').end(page);
    else if (name === 'cases.js') response.setHeader('content-type', 'text/javascript').end(script);
    else if (name === 'favicon.ico') response.writeHead(404).end();
    else if (what === 'account') response.end(JSON.stringify(account));
    else void answer(request, response, account, searchParams.get('plan')!.split(','));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function accountOf(accounts: Map<string, Account>, name: string): Account {
  const known = accounts.get(name);
  if (known !== undefined) return known;
  const account = { requests: 0, atOnce: 0, atOnceMax: 0, aborted: 0, bodies: [] };
  accounts.set(name, account);
  return account;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  account: Account,
  plan: readonly string[],
): Promise<void> {
  const step = plan[Math.min(account.requests++, plan.length - 1)]!;
  account.atOnceMax = Math.max(account.atOnceMax, ++account.atOnce);
  response.on('close', () => {
    account.atOnce--;
    if (!response.writableFinished) account.aborted++;
  });
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  if (body !== '') account.bodies.push(body);
  const [status, waitMs = '0'] = step.split(':');
  if (status === 'hang') return;
  if (status === '503') response.setHeader('retry-after-ms', '20');
  setTimeout(() => response.writeHead(Number(status)).end(`answer ${status}`), Number(waitMs));
}
