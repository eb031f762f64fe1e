/** Environments as most people call them; a file that names one of them belongs to no other. */
const usual = [
  ['production', 'prod'],
  ['staging', 'stage'],
  ['development', 'dev'],
  ['qa'],
  ['uat'],
  ['preprod'],
] as const;

/** Whether a path has the name of an environment as one of its words: `.env.prod`, `k8s/prod/`. */
export function namesEnvironment(path: string, environment: string): boolean {
  const words = path.toLowerCase();
  return namesFor(environment).some((name) => {
    for (let at = words.indexOf(name); at !== -1; at = words.indexOf(name, at + 1)) {
      if (isEdge(words[at - 1]) && isEdge(words[at + name.length])) return true;
    }
    return false;
  });
}

/** All environments that are known to be others. */
export function otherEnvironments(
  environment: string | undefined,
  other: string | undefined,
): readonly string[] {
  const own = environment === undefined ? [] : namesFor(environment);
  const all = [...usual.flat(), ...(other === undefined ? [] : namesFor(other))];
  return all.filter((name) => !own.includes(name));
}

/** `prod` is another word for `production`. */
function namesFor(environment: string): readonly string[] {
  const name = environment.toLowerCase();
  return usual.find((names) => names.some((each) => each === name)) ?? [name];
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || !/[a-z0-9]/.test(character);
}
