/** Names of files that some reader may understand; what is in them is seen later. */
const names: readonly RegExp[] = [/\.ya?ml$/i, /\.json$/i, /(^|\/)\.env(\.[\w.-]+)?$/, /\.env$/];

export function isOfInterest(path: string): boolean {
  return names.some((name) => name.test(path));
}
