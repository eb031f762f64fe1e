import type { Model } from '../../model/model.ts';
import { formatAddress } from '../proxy/address.ts';
import { takesConnections } from './ready.ts';
import type { Stage } from './stage.ts';
import { StageError } from './stage-error.ts';

/**
 * Looks for each service that runs already, where something is to be sent to it.
 *
 * @throws StageError when one of them takes no connections: all that would come of it is failures
 */
export async function findAttached(model: Model, { proxies, places }: Stage): Promise<void> {
  for (const [index, { name, address }] of model.services.entries()) {
    if (address === undefined) continue;
    const isCalled = model.edges.some(
      (it) => it.to === index && proxies.get(it.name) !== undefined,
    );
    const place = places[index]![0]!;
    if (!isCalled || (await takesConnections(place))) continue;
    const message = `nothing takes connections at ${formatAddress(place)}`;
    throw new StageError(['services', name, 'address'], message);
  }
}
