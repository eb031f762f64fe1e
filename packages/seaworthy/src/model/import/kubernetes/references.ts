import type { Setting, Variable } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import type { Value } from '../values/value.ts';
import type { KubernetesObject } from './objects.ts';

/** ConfigMaps and Secrets by name, for the variables that come from them. */
export class References {
  private readonly objects: readonly KubernetesObject[];
  private readonly secrets: Secrets;

  constructor(objects: readonly KubernetesObject[], secrets: Secrets) {
    this.objects = objects.filter((it) => it.kind === 'ConfigMap' || it.kind === 'Secret');
    this.secrets = secrets;
  }

  /** What `valueFrom` stands for, where the files have it. */
  valueOf(variable: string, from: Value): Setting<string> | undefined {
    for (const [key, kind] of kinds) {
      const reference = from.get(key);
      if (reference === undefined) continue;
      const entry = reference.get('key')?.text ?? '';
      return this.find(kind, reference.get('name')?.text)
        .filter(([name]) => name === entry)
        .map(([, value]) => this.setting(kind, variable, value))[0];
    }
    return undefined;
  }

  /** All variables that an entry of `envFrom` brings. */
  allOf(entry: Value): Variable[] {
    const prefix = entry.get('prefix')?.text ?? '';
    return [['configMapRef', 'ConfigMap'] as const, ['secretRef', 'Secret'] as const].flatMap(
      ([key, kind]) => {
        return this.find(kind, entry.get(key, 'name')?.text).map(([name, value]) => {
          const setting = this.setting(kind, prefix + name, value);
          const secret = kind === 'Secret' || setting.value !== value.text;
          return { name: prefix + name, value: setting, secret, at: value.origin };
        });
      },
    );
  }

  private find(kind: string, name: string | undefined): (readonly [string, Value])[] {
    const found = this.objects.filter((it) => it.kind === kind && it.name === name);
    return found.flatMap(({ value }) => [
      ...(value.get('data')?.entries ?? []),
      ...(value.get('stringData')?.entries ?? []),
    ]);
  }

  private setting(kind: string, variable: string, value: Value): Setting<string> {
    const text = value.text ?? '';
    const kept =
      kind === 'Secret' ? this.secrets.marker(text) : this.secrets.hide(variable, text).value;
    return { value: kept, origin: value.origin };
  }
}

const kinds = [
  ['configMapKeyRef', 'ConfigMap'],
  ['secretKeyRef', 'Secret'],
] as const;
