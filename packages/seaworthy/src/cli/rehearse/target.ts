import { createServer } from 'node:net';

import { type Model } from '../../model/model.ts';
import { readModel } from '../../model/read.ts';
import { mayLoad } from '../../rehearse/load/may-load.ts';
import { formatAddress } from '../../rehearse/proxy/address.ts';
import type { Stage } from '../../rehearse/stage/stage.ts';
import { StageError } from '../../rehearse/stage/stage-error.ts';
import type { ExitCode } from '../exit-code.ts';
import { commandLine } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import type { RehearseArguments } from './arguments.ts';
import { batterySettings, batteryWords } from './battery-arguments.ts';
import { runBatteryPlan } from './battery.ts';
import { isAttached, printDetails } from './stage-failure.ts';
import { type TargetModel, targetModel, type TargetWords } from './target-model.ts';
import { writeMeasured } from './write-measured.ts';

/** A proxy in front of port 4000 listens on port 14000: the same every time, to point at. */
const proxyPortsFrom = 10_000;
const portMax = 65_535;

/** Runs the battery on a system that no file describes, and writes the file. */
export async function runTarget(
  command: readonly string[],
  options: RehearseArguments & { readonly target: string },
): Promise<ExitCode> {
  const settings = batterySettings(options);
  const words: TargetWords = {
    target: options.target,
    dependencies: options.dependency ?? [],
    command,
  };
  const described = targetModel(words, process.env);
  refuseStrangers(words, described, options.allow ?? []);
  const { model } = readModel(described.text, 'the command line', {});
  if (command.length > 0) await refuseTaken(words.target, model);
  const again = commandOf(words, options);
  return runBatteryPlan(
    {
      model,
      settings,
      folder: '.',
      command: again,
      onStage: async (stage) => {
        if (command.length === 0) await addProxies(stage, described);
        process.stderr.write(placesText(stage, described, command.length > 0));
      },
      write: (run) => writeMeasured(run, model.name, again),
      stageFailure,
    },
    options,
  );
}

/** Load on a machine that is not one's own is an attack. */
function refuseStrangers(
  { target }: TargetWords,
  { dependencies }: TargetModel,
  allowed: readonly string[],
): void {
  const hosts = [new URL(target).hostname, ...dependencies.map((it) => it.host)];
  const stranger = hosts.find((it) => !mayLoad(it, allowed));
  if (stranger === undefined) return;
  throw new UsageError(
    `${stranger} is another machine: nothing is sent there unasked`,
    `if it may be broken, add --allow ${stranger}`,
  );
}

/** Whoever listens there would be taken for the target. */
function refuseTaken(target: string, model: Model): Promise<void> {
  const port = model.services[0]?.process?.port;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () =>
      reject(
        new UsageError(
          `something listens on port ${port} already`,
          `leave out the command to rehearse what is there: --target ${target}`,
        ),
      ),
    );
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve()));
  });
}

function stageFailure(error: unknown): unknown {
  if (!(error instanceof StageError)) return error;
  printDetails(error);
  if (isAttached(error)) {
    const what = `${error.path[1]!}: ${error.message}`;
    return new UsageError(what, 'start it first; what starts the target may follow after --');
  }
  return new UsageError(
    error.message,
    'see that the command works in a terminal, and listens on the port of --target',
  );
}

async function addProxies(stage: Stage, { service, dependencies }: TargetModel): Promise<void> {
  for (const { name, host, port } of dependencies) {
    const proxyPort = port + proxyPortsFrom;
    const edge = {
      name: `${service} -> ${name}`,
      listen: { host: '127.0.0.1', port: proxyPort > portMax ? port - proxyPortsFrom : proxyPort },
      upstream: { host, port },
      protocol: 'auto',
    } as const;
    await stage.proxies.put([{ edge, faults: [], enabled: true }]).catch(() => {
      throw new UsageError(
        `cannot listen on ${formatAddress(edge.listen)} for ${name}: something is there already`,
      );
    });
  }
}

/** Where each proxy is, and who leads the target there. */
function placesText(
  stage: Stage,
  { service, dependencies }: TargetModel,
  started: boolean,
): string {
  return dependencies
    .map(({ name, written, host, port, namedBy }) => {
      const { listen } = stage.proxies.get(`${service} -> ${name}`)!;
      const way = `${name}: ${formatAddress(listen)} -> ${host}:${port}`;
      if (started && namedBy.length > 0) {
        return `${way}\n  the target is led there by ${namedBy.join(', ')}\n`;
      }
      const why = started ? 'nothing that it is given names it' : 'it runs already';
      const what = /^[A-Za-z_]\w*$/.test(written) ? `${written} of the target` : 'the target';
      return `${way}\n  point ${what} at ${formatAddress(listen)}: ${why}\n`;
    })
    .join('');
}

function commandOf(
  { target, dependencies, command }: TargetWords,
  options: RehearseArguments,
): string {
  return commandLine([
    'seaworthy',
    'rehearse',
    '--target',
    target,
    ...dependencies.flatMap((it) => ['--dependency', it]),
    ...batteryWords(options),
    ...(command.length === 0 ? [] : ['--', ...command]),
  ]);
}
