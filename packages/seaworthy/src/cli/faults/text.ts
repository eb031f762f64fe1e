import { countText } from '../../model/quantity-text.ts';
import { type Address, formatAddress } from '../../rehearse/proxy/address.ts';
import { urlOf } from '../../rehearse/proxy/control/server.ts';
import type { Edge } from '../../rehearse/proxy/edge.ts';
import type { Proxies } from '../../rehearse/proxy/proxies.ts';

/** What the user needs to go on. */
export function startText(
  proxies: Proxies,
  api: Address,
  apiVersion: string,
  seed: number,
): string {
  const lines = proxies.edges.map((edge) => {
    const way = `${formatAddress(edge.listen)} -> ${formatAddress(edge.upstream)}`;
    return `${edge.name}: ${edge.isStarted ? way : `${way}, not enabled`}${faultsOf(edge)}`;
  });
  return [
    ...lines,
    `control API: ${urlOf(api)}, as Toxiproxy ${apiVersion}`,
    `seed ${seed}; Ctrl-C ends it`,
    '',
  ].join('\n');
}

function faultsOf({ plan }: Edge): string {
  if (plan.length === 0) return '';
  return `\n  faults: ${plan.map(({ settings }) => settings.name).join(', ')}`;
}

/** What has happened on each edge. */
export function summaryText(proxies: Proxies): string {
  const lines = proxies.edges.flatMap((edge) => {
    const { accepted, offered, succeeded, failed } = edge.meter.total();
    const failures = Object.entries(failed).map(([reason, count]) => `${count} ${reason}`);
    const parts = [
      countText(accepted, 'connection'),
      ...(offered > 0
        ? [countText(offered, 'request'), `${succeeded} succeeded`, ...failures]
        : []),
    ];
    return [
      `${edge.name}: ${parts.join(', ')}`,
      ...edge.plan.map(({ settings, hits, drawn }) => {
        return `  ${settings.name}: hit ${hits} of ${drawn}`;
      }),
    ];
  });
  const total = countText(proxies.journal.total, 'injection');
  return ['', ...lines, `${total} in the journal`, ''].join('\n');
}
