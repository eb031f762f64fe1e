import type { Variable } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { type VariableSet, variableSets } from '../../drift/variables.ts';
import type { Decision } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const dr13: Rule = {
  id: 'DR13',
  name: 'a value is not read as it is written',
  severity: 'medium',
  formula:
    'a variable is set twice to different values in one place, has ${...} in it that nobody ' +
    'fills in, or has quotes or a comment as a part of its value',
  why: 'what the program gets is not what the author of the file meant, and no error says so',
  sources: [
    'https://docs.docker.com/reference/compose-file/interpolation/',
    'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  ],
  remedy: 'Set it once, to the value itself; Kubernetes fills in $(NAME), compose ${NAME}.',
  needs: ['environment variables'],
  *decide(landscape) {
    for (const set of variableSets(landscape)) {
      yield* repeated(set);
      for (const variable of set.variables) yield* trap(set, variable);
    }
  },
};

function* repeated({ subject, variables }: VariableSet): Iterable<Decision> {
  const first = new Map<string, Variable>();
  for (const variable of variables) {
    const before = first.get(variable.name);
    first.set(variable.name, variable);
    // One file over another is a way to say something; twice in one is a mistake.
    if (before === undefined || before.at.file !== variable.at.file) continue;
    if (before.value?.value === variable.value?.value) continue;
    const { name, at } = variable;
    yield finding(`${subject} ${name}`, {
      what: `${name} is set twice, and the second value counts`,
      numbers: [before, variable].map((each) => {
        return { name, value: each.value?.value ?? '', unit: 'text', origin: each.at };
      }),
      passes: `one ${name}`,
      at,
    });
  }
}

function* trap({ subject }: VariableSet, { name, value, at }: Variable): Iterable<Decision> {
  const why = trapIn(value?.value ?? '');
  if (why === undefined || value === undefined) return;
  yield finding(`${subject} ${name}`, {
    what: `${name} ${why}`,
    numbers: [{ name, value: value.value, unit: 'text', origin: value.origin }],
    passes: 'the value itself',
    at,
  });
}

function trapIn(text: string): string | undefined {
  if (/\$\{[A-Za-z_]\w*([:?-][^}]*)?\}/.test(text)) return 'has ${...} in it that nobody fills in';
  if (/^(["']).*\1$/.test(text)) return 'has quotes as a part of its value';
  if (/\S\s+#\s/.test(text)) return 'has a comment as a part of its value';
  return undefined;
}
