import type { ServiceEntry } from '../schema/service.ts';
import type { RequestEntry } from '../schema/stage.ts';
import type { ServiceProcess, SourceRequest } from '../stage.ts';
import { placeholdersIn } from '../stage.ts';
import { didYouMean } from '../nearest.ts';
import type { Path } from '../source/located.ts';
import type { Context } from './context.ts';

/** How the service is started; problems where its settings name what there is not. */
export function processOf(
  context: Context,
  name: string,
  { run, replicas }: ServiceEntry,
): ServiceProcess | undefined {
  if (run === undefined) return undefined;
  const path = ['services', name, 'run'];
  const { command, env, port, ready } = run;
  for (const [variable, value] of Object.entries(env)) {
    checkNames(context, [...path, 'env', variable], value);
  }
  for (const word of typeof command === 'string' ? [command] : command) {
    checkNames(context, [...path, 'command'], word);
  }
  const count = typeof replicas === 'number' ? replicas : replicas.length;
  if (port !== undefined && count > 1) {
    const message = `${count} replicas cannot all listen there`;
    const hint = 'leave it out: each replica is given a port of its own in PORT';
    context.problems.atValue(context.root, [...path, 'port'], message, hint);
  }
  return {
    command,
    folder: run.cwd,
    environment: env,
    port,
    ready: { path: ready.path, output: ready.output, withinMs: ready.within },
  };
}

function checkNames({ problems, root, serviceNames }: Context, path: Path, text: string): void {
  const known = [...serviceNames, 'port'];
  for (const name of placeholdersIn(text)) {
    if (known.includes(name)) continue;
    problems.atValue(root, path, `unknown service "${name}"`, () => didYouMean(name, known));
  }
}

/** What a source sends. */
export function requestsOf(entries: readonly RequestEntry[]): readonly SourceRequest[] {
  return entries.map(({ method, path, headers, body, weight }) => {
    return { method, path, headers, body, weight };
  });
}
