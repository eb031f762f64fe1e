import type { Setting } from '../../../model/import/landscape.ts';
import type { EvidenceUnit } from '../../finding.ts';
import type { EffectiveValue, SettingKind } from '../kinds.ts';

/** One setting of a subject: its name, how it must stand to its twin, and its unit. */
export type Row = readonly [
  name: string,
  kind: SettingKind,
  unit: EvidenceUnit,
  setting: Setting<number | string | boolean> | undefined,
];

/** Those of the rows that are set, by a file or by a default. */
export function valuesOf(
  subject: string,
  rows: readonly Row[],
  part?: string,
): readonly EffectiveValue[] {
  return rows.flatMap(([name, kind, unit, setting]) =>
    setting === undefined
      ? []
      : [
          {
            subject,
            name,
            part: part ?? name,
            kind,
            unit,
            value: setting.value,
            origin: setting.origin,
          },
        ],
  );
}

/** The party without its version: `undici 7.30.2` and `undici 6.24.1` are the same party. */
export function party(who: string): string {
  return who.replace(/ v?\d+(\.\d+)*\S*$/, '');
}

/** The first number of a version: `24` of `24.21.0`, `1.30` would be `1`. */
export function majorOf(version: string): string {
  return /\d+/.exec(version)?.[0] ?? version;
}
