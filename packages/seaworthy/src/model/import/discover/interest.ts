import { isSource } from '../source/read.ts';

/** Names of files that some reader may understand; what is in them is seen later. */
const names: readonly RegExp[] = [
  /\.ya?ml$/i,
  /(^|\/)[\w.-]*envoy[\w.-]*\.json$/i,
  /(^|\/)(package|package-lock|npm-shrinkwrap)\.json$/,
  /(^|\/)yarn\.lock$/,
  /(^|\/)\.(nvmrc|node-version)$/,
  /(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$/,
  /(^|\/)\.env(\.[\w.-]+)?$/,
  /\.env$/,
  /(^|\/)[\w.-]*pgbouncer[\w.-]*\.ini$/i,
  /(^|\/)[\w.-]*(postgres|postgresql)[\w.-]*\.conf$/i,
  /\.(pem|crt|cer)$/i,
];

export function isOfInterest(path: string): boolean {
  return isKnown(path) || mayBeTrace(path);
}

/** JSON of any other name: what it is shows at its beginning. */
export function mayBeTrace(path: string): boolean {
  return /\.(json|jsonl|ndjson)$/i.test(path) && !isKnown(path);
}

function isKnown(path: string): boolean {
  return names.some((name) => name.test(path)) || isSource(path);
}
