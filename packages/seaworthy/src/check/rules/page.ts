import type { RuleText } from '../rule.ts';

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

/** The index of these pages. */
export function rulesPage(rules: readonly RuleText[]): string {
  const rows = rules.map(({ id, name, severity }) => `- [${id}](${id}.md): ${name} (${severity})`);
  return `# Rules

What \`seaworthy check\` looks for, a page each. \`seaworthy explain RT05\` prints one. Severities are
those of the worst usual case: a finding may be of another, and is one level lower where what
decides is a default or a guess.

${rows.join('\n')}
`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
