import type { Model, Service } from '../../model/model.ts';
import { filledIn, type ServiceProcess } from '../../model/stage.ts';
import { type Address, formatAddress } from '../proxy/address.ts';
import type { Proxies } from '../proxy/proxies.ts';

/** Where each service listens, by its index: one address for each replica. */
export type Places = readonly (readonly Address[])[];

/** Whether this edge leads through a proxy: whoever calls is told where by the rehearsal. */
export function isWired(model: Model, edge: number): boolean {
  const { from } = model.edges[edge]!;
  if (from.kind === 'source') return true;
  return from.kind === 'service' && model.services[from.index]!.process !== undefined;
}

/** The parts of a process's settings that hold addresses, with these in them. */
export function wired(
  model: Model,
  service: Service,
  process: ServiceProcess,
  { own, places, proxies }: { own: Address; places: Places; proxies: Proxies },
): { readonly command: readonly string[] | string; readonly environment: Record<string, string> } {
  const valueOf = (name: string): string => {
    if (name === 'port') return String(own.port);
    const proxy = proxies.get(`${service.name} -> ${name}`);
    if (proxy !== undefined) return formatAddress(proxy.listen);
    const callee = model.services.findIndex((other) => other.name === name);
    return formatAddress(places[callee]![0]!);
  };
  const fill = (text: string): string => filledIn(text, valueOf);
  const { command, environment } = process;
  const filled = Object.entries(environment).map(([name, text]) => [name, fill(text)] as const);
  return {
    command: typeof command === 'string' ? fill(command) : command.map(fill),
    environment: { PORT: String(own.port), ...Object.fromEntries(filled) },
  };
}
