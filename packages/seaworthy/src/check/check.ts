import type { Landscape } from '../model/import/landscape.ts';
import type { Pair, PairRule, PolicyRule } from './drift/pair.ts';
import { doubtOf, edgeName } from './edges/edge.ts';
import type { Decision, Evidence, Finding, Lack, Suspicion } from './finding.ts';
import type { Rule, RuleText } from './rule.ts';
import { confidenceIn, severities, severityAt } from './severity.ts';

export interface CheckResult {
  /** Worst first, then by place. */
  readonly findings: readonly Finding[];
  /** What could not be decided, and what is missing for that. */
  readonly undecided: readonly (Lack & { readonly rule: string })[];
}

/** Decides all rules over a landscape. */
export function check(landscape: Landscape, rules: readonly Rule[]): CheckResult {
  const doubts = new Map(landscape.edges.map((edge) => [edgeName(edge), doubtOf(edge)]));
  return resultOf(
    rules.map((rule) => ({ rule, decisions: doubted(rule.decide(landscape), doubts) })),
  );
}

/** What is said of a call is no surer than that there is such a call. */
function* doubted(
  decisions: Iterable<Decision>,
  doubts: ReadonlyMap<string, readonly Evidence[]>,
): Generator<Decision> {
  for (const it of decisions) {
    const doubt = doubts.get(it.subject) ?? [];
    yield it.kind === 'finding' ? { ...it, numbers: [...it.numbers, ...doubt] } : it;
  }
}

/** Decides all rules about two environments. */
export function checkBetween(pair: Pair, rules: readonly PairRule[]): CheckResult {
  return resultOf(rules.map((rule) => ({ rule, decisions: rule.decideBetween(pair) })));
}

/** Whether these are the policies that were rehearsed. */
export function checkRehearsed(
  hash: string | undefined,
  rehearsed: string,
  rule: PolicyRule,
): CheckResult {
  return resultOf([{ rule, decisions: rule.decideHash(hash, rehearsed) }]);
}

/** Both together: ids stay apart, as no rule is in both. */
export function joined(...results: readonly CheckResult[]): CheckResult {
  return {
    findings: results.flatMap(({ findings }) => findings).toSorted(byWeight),
    undecided: results.flatMap(({ undecided }) => undecided),
  };
}

interface Decided {
  readonly rule: RuleText;
  readonly decisions: Iterable<Decision>;
}

function resultOf(decided: readonly Decided[]): CheckResult {
  const findings: Omit<Finding, 'id'>[] = [];
  const undecided: (Lack & { readonly rule: string })[] = [];
  for (const { rule, decisions } of decided) {
    for (const decision of decisions) {
      if (decision.kind === 'finding') findings.push(findingOf(rule, decision));
      else undecided.push({ ...decision, rule: rule.id });
    }
  }
  return { findings: identified(once(findings)).toSorted(byWeight), undecided };
}

/** Two workloads of one image have the same fault at the same place: it is one. */
function once(findings: readonly Omit<Finding, 'id'>[]): readonly Omit<Finding, 'id'>[] {
  const seen = new Map<string, Omit<Finding, 'id'>>();
  for (const finding of findings) {
    const { rule, subject, what, at } = finding;
    const key = JSON.stringify([rule, subject, what, at]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

/** In the order of their places, so that what is first stays first when numbers change. */
function identified(findings: readonly Omit<Finding, 'id'>[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return findings.toSorted(byPlace).map((finding) => {
    const name = `${finding.rule} ${finding.subject}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...finding, id: count === 1 ? name : `${name} ${count}` };
  });
}

function findingOf(rule: RuleText, suspicion: Suspicion): Omit<Finding, 'id'> {
  const decisive = suspicion.numbers.filter(({ isContext }) => isContext !== true);
  const confidence = confidenceIn(decisive.map(({ origin }) => origin));
  const severity = severityAt(suspicion.severity ?? rule.severity, confidence);
  return { ...suspicion, rule: rule.id, severity, confidence };
}

type Placed = Pick<Finding, 'at' | 'rule' | 'subject'>;

function byWeight(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || byPlace(a, b);
}

function byPlace(a: Placed, b: Placed): number {
  return (
    compare(a.at?.file ?? '', b.at?.file ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.subject, b.subject)
  );
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
