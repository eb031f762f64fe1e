import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';

export const in01: Rule = {
  id: 'IN01',
  name: 'a file that cannot be read',
  severity: 'high',
  formula:
    'a file has the name or the beginning of a manifest, a compose file, an environment file or ' +
    'another that is known, and is not what it says',
  why:
    'nothing in it was checked, so that none of its findings is here; a deployment refuses it as ' +
    'well',
  sources: [
    'https://yaml.org/spec/1.2.2/',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/',
  ],
  remedy:
    'Mend it at its place. Where it is broken on purpose, such as the input of a test, ignore it ' +
    'with a reason in `seaworthy-ignore.yaml`.',
  needs: ['the file'],
  *decide({ notUnderstood }) {
    const broken = notUnderstood.filter(({ isBroken }) => isBroken === true);
    const once = new Map(broken.map((it) => [`${it.file}:${it.line}:${it.why}`, it]));
    for (const { file, line, column, why } of once.values()) {
      yield finding(file, {
        what: `it was not checked: ${why}`,
        numbers: [],
        passes: 'a file that can be read',
        at: { kind: 'file', file, line, column },
      });
    }
  },
};
