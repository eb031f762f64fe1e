import { type Severity, severities } from '../severity.ts';
import type { Finding } from '../finding.ts';

/** The findings that a team accepts today: by their ids, and how grave each was. */
export type Baseline = ReadonlyMap<string, Severity>;

/** A baseline that accepts these findings, as text; the same for the same findings. */
export function writeBaseline(findings: readonly Finding[]): string {
  const accepted = findings
    .map(({ id, severity }) => ({ id, severity }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return `${JSON.stringify({ schema: 1, accepted }, undefined, 2)}\n`;
}

/** Undefined: this is no baseline. */
export function readBaseline(text: string): Baseline | undefined {
  const document = parsed(text);
  if (document === undefined || document['schema'] !== 1) return undefined;
  const { accepted } = document;
  if (!Array.isArray(accepted)) return undefined;
  const entries = accepted.map(entryOf);
  return entries.includes(undefined)
    ? undefined
    : new Map(entries.filter((it) => it !== undefined));
}

/** It was there before, and no less grave. */
export function accepts(baseline: Baseline, { id, severity }: Finding): boolean {
  const before = baseline.get(id);
  return before !== undefined && severities.indexOf(severity) >= severities.indexOf(before);
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function entryOf(value: unknown): readonly [string, Severity] | undefined {
  if (!isRecord(value) || typeof value['id'] !== 'string') return undefined;
  const severity = severities.find((each) => each === value['severity']);
  return severity === undefined ? undefined : [value['id'], severity];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
