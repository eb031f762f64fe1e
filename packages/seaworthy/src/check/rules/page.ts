import type { RuleText } from '../rule.ts';
import type { AbsentRule } from './absent.ts';

/** The page of a rule in the docs, which `seaworthy explain` prints as well. */
export function rulePage(rule: RuleText): string {
  return `# ${rule.id}: ${rule.name}

${sentence(rule.why)}

- **Found when**: ${rule.formula}.
- **Severity**: ${rule.severity}; one level lower where what decides is a default or a guess.
- **Needs**: ${rule.needs.join('; ')}.

## What to do

${rule.remedy}

## Sources

${rule.sources.map((source) => `- <${source}>`).join('\n')}
`;
}

/** What `seaworthy explain` prints of an id that is no rule. */
export function absentPage({ id, name, why }: AbsentRule): string {
  return `# ${id}: ${name}

No rule of its own: ${why}.
`;
}

/** The index of these pages, and of what has none. */
export function rulesPage(rules: readonly RuleText[], absent: readonly AbsentRule[]): string {
  const rows = rules.map(({ id, name, severity }) => `- [${id}](${id}.md): ${name} (${severity})`);
  const others = absent.map(({ id, name, why }) => `- ${id}: ${name}; ${linked(why)}`);
  return `# Rules

What \`seaworthy check\` looks for, a page each. \`seaworthy explain RT05\` prints one. Severities are
those of the worst usual case: a finding may be of another, and is one level lower where what
decides is a default or a guess.

${rows.join('\n')}

## Without a rule of their own

Known failures as well, with the reason why no rule looks for them by itself.

${others.join('\n')}
`;
}

/** With the rules that it names as links. */
function linked(text: string): string {
  return text.replace(/\b[A-Z]{2}\d{2}\b/g, (id) => `[${id}](${id}.md)`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
