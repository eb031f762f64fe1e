import { blanksIn } from './client/template.ts';
import type { DataRow } from '../../traffic/rows/read-rows.ts';
import type { LoadPlan, LoadRequest } from './plan.ts';

/** A plan that cannot be carried out. */
class LoadPlanError extends Error {
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'LoadPlanError';
  }
}

/** RFC 9110, section 5.6.2: what a method or the name of a header is made of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** @throws LoadPlanError with all mistakes, a line each */
export function checkPlan(plan: LoadPlan): void {
  const mistakes = [
    ...mistakesOfTarget(plan.target),
    ...(plan.requests.length === 0 ? ['a load needs at least one request'] : []),
    ...plan.requests.flatMap((request) => mistakesOfRequest(request, plan.rows ?? [])),
    ...mistakesOfNumbers(plan),
  ];
  if (mistakes.length > 0) throw new LoadPlanError(mistakes);
}

function mistakesOfTarget(target: string): readonly string[] {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return [`the target is ${JSON.stringify(target)}, not a URL with http: or https:`];
  }
  if (url.username !== '' || url.password !== '') {
    return ['the target has a user in its URL: send an authorization header instead'];
  }
  if (url.search !== '' || url.hash !== '') {
    return [`the target is ${target}: a query belongs to the path of a request`];
  }
  return [];
}

/** Why a request cannot be sent, as sentences; empty: it can. */
export function mistakesOfRequest(
  request: LoadRequest,
  rows: readonly DataRow[],
): readonly string[] {
  const { method, path, headers, body, weight } = request;
  const at = `the request ${method} ${path}`;
  const found: string[] = [];
  if (!token.test(method) || method === 'CONNECT')
    found.push(`${at} has no method that can be sent`);
  if (!/^\/[\x21-\x7e]*$/.test(path.replaceAll(/\{\{[^{}]*\}\}/g, ''))) {
    found.push(`${at} must have a path that begins with a slash, and is percent-encoded`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!token.test(name))
      found.push(`${at} has a header ${JSON.stringify(name)}, which is no name`);
    if (!isHeaderValue(value)) found.push(`${at} has a line break in its header ${name}`);
    for (const column of blanksIn(value)) {
      const row = rows.findIndex((one) => !isHeaderValue(one[column] ?? ''));
      if (row >= 0) found.push(`${at}: row ${row + 1} has a line break in ${column}, of a header`);
    }
  }
  if (!(weight > 0 && weight < Infinity)) found.push(`${at} has the weight ${weight}, not above 0`);
  const blanks = [path, ...Object.values(headers), body ?? ''].flatMap(blanksIn);
  for (const blank of new Set(blanks)) found.push(...mistakesOfBlank(blank, at, rows));
  return found;
}

function isHeaderValue(value: string): boolean {
  return !/[\0\r\n]/.test(value);
}

function mistakesOfBlank(blank: string, at: string, rows: readonly DataRow[]): readonly string[] {
  if (blank === 'task') return [];
  if (rows.length === 0) return [`${at} asks for {{${blank}}}, and there are no rows of data`];
  const row = rows.findIndex((one) => one[blank] === undefined);
  if (row < 0) return [];
  const columns = Object.keys(rows[row]!).join(', ');
  return [`${at} asks for {{${blank}}}, and row ${row + 1} has only ${columns}`];
}

function mistakesOfNumbers({ timeoutMs, durationMs, maxConnections }: LoadPlan): readonly string[] {
  const found: string[] = [];
  if (!(timeoutMs > 0 && timeoutMs < Infinity)) {
    found.push(`the timeout is ${timeoutMs} ms, not a time above 0`);
  }
  if (!(durationMs > 0)) found.push(`the length is ${durationMs} ms, not a time above 0`);
  if (!(Number.isSafeInteger(maxConnections) && maxConnections > 0)) {
    found.push(`the most connections are ${maxConnections}, not a whole number above 0`);
  }
  return found;
}
