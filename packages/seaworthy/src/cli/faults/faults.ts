import { systemClock } from '@seaworthy/policy/engine';

import { formatAddress } from '../../rehearse/proxy/address.ts';
import { readPlan } from '../../rehearse/proxy/control/plan-text.ts';
import { apiVersion, planOf } from '../../rehearse/proxy/control/routes.ts';
import { ControlServer } from '../../rehearse/proxy/control/server.ts';
import { Journal } from '../../rehearse/proxy/journal.ts';
import { type EdgePlan, Proxies } from '../../rehearse/proxy/proxies.ts';
import { ExitCode } from '../exit-code.ts';
import { readText } from '../read-text.ts';
import { readSeed } from '../numbers.ts';
import { UsageError } from '../usage-error.ts';
import { addressOf, edgeOf, type FaultsArguments } from './arguments.ts';
import { JournalFile } from './journal-file.ts';
import { startText, summaryText } from './text.ts';

/**
 * Runs the proxy until it is told to end, and says what it did.
 *
 * @throws UsageError, ModelError for what is wrong with the options or the file.
 */
export async function runFaults(
  file: string | undefined,
  options: FaultsArguments,
): Promise<ExitCode> {
  const seed = readSeed(options.seed) ?? 1;
  const api = addressOf('--api', options.api);
  const plans = [...(await plansIn(file)), ...(options.edge ?? []).map(edgeOf)];
  const journalFile =
    options.journal === undefined ? undefined : await JournalFile.open(options.journal);
  const journal = new Journal((injection) => journalFile?.add(injection));
  const proxies = new Proxies({ clock: systemClock, seed, journal });
  const control = new ControlServer(proxies);
  const ended = endOf(journalFile);
  try {
    await put(proxies, plans);
    const at = await control.start(api).catch((error: unknown) => notListening(api, error));
    process.stdout.write(startText(proxies, at, apiVersion, seed));
    await ended;
    process.stdout.write(summaryText(proxies));
    return ExitCode.ok;
  } finally {
    await control.stop();
    await proxies.stop();
    await journalFile?.close();
  }
}

async function plansIn(file: string | undefined): Promise<readonly EdgePlan[]> {
  if (file === undefined) return [];
  const text = await readText(file);
  return readPlan(text, file, (reader) => reader.proxies()).map(planOf);
}

async function put(proxies: Proxies, plans: readonly EdgePlan[]): Promise<void> {
  for (const plan of plans) {
    const { name, listen } = plan.edge;
    if (proxies.get(name) !== undefined) {
      throw new UsageError(`two edges are called "${name}"`, 'rename one of them');
    }
    await proxies.put([plan]).catch((error: unknown) => notListening(listen, error));
  }
}

function notListening(address: { host: string; port: number }, error: unknown): never {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'something listens there already',
    EADDRNOTAVAIL: 'it is no address of this machine',
    EACCES: 'permission denied',
    ENOTFOUND: 'there is no such host',
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (reason === undefined) throw error;
  throw new UsageError(`cannot listen on ${formatAddress(address)}: ${reason}`);
}

/** Resolves when the user ends it, and fails when the journal cannot be written any more. */
function endOf(journalFile: JournalFile | undefined): Promise<void> {
  const told = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  return journalFile === undefined ? told : Promise.race([told, journalFile.failed]);
}
