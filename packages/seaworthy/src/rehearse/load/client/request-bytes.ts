import type { LoadRequest } from '../plan.ts';

/** A request as it goes over the wire. */
export function requestBytes(request: LoadRequest, target: URL): Buffer {
  const { method, body } = request;
  const lines = [`${method} ${pathOn(target, request.path)} HTTP/1.1`];
  const names = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  if (!names.has('host')) lines.push(`host: ${target.host}`);
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
  const bytes = Buffer.from(body ?? '');
  if (body !== undefined && !names.has('content-length')) {
    lines.push(`content-length: ${bytes.length}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** The path of the target comes before that of the request. */
function pathOn(target: URL, path: string): string {
  return target.pathname.replace(/\/$/, '') + path;
}
