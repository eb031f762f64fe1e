import type { Model } from '../../model.ts';
import type { Standing } from '../../read.ts';
import type { Path } from '../../source/located.ts';
import type { FileOrigin, Origin, Setting } from '../landscape.ts';

/** The keys that a single value stands for where a map could stand: `retry: 3`, `limit: 20`. */
const shortKeys: ReadonlySet<string | number> = new Set(['attempts', 'ttl', 'concurrency']);

/** A model with the places of its values. */
export class ModelFile {
  readonly file: string;
  readonly model: Model;
  private readonly where: (path: Path) => Standing;

  constructor(file: string, model: Model, where: (path: Path) => Standing) {
    this.file = file;
    this.model = model;
    this.where = where;
  }

  /** Where it stands, or the nearest above it. */
  position(...path: Path): FileOrigin {
    const { line, column } = this.where(path);
    return { kind: 'file', file: this.file, line, column };
  }

  /**
   * A value of the model: from the file where that says it, also in a short form (`retry: 3`), else
   * a default of the format.
   */
  setting<T>(value: T, ...path: Path): Setting<T> {
    const { said, short } = this.where(path);
    const isShort = short && shortKeys.has(path.at(-1)!);
    const origin: Origin =
      said || isShort
        ? this.position(...path)
        : { kind: 'default', of: 'seaworthy.yaml', source: 'docs/file.md' };
    return { value, origin };
  }

  /** What the file leaves out: there is no such thing, and that is no default of ours. */
  none<T>(value: T, ...path: Path): Setting<T> {
    return { value, origin: this.position(...path) };
  }
}
