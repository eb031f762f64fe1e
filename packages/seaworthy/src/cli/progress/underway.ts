import type { ProgressEvent } from './event.ts';
import { SearchStatus } from './search.ts';
import { Status } from './status.ts';

/** What is under way, as far as has been told: a scenario, or a search for limits. */
export class Underway {
  status: Status | undefined;
  search: SearchStatus | undefined;

  tell(event: ProgressEvent): void {
    switch (event.kind) {
      case 'scenario-began':
      case 'change-began':
        this.status = new Status(event, performance.now());
        return;
      case 'sample':
        this.status?.add(event.replication, event.sample);
        return;
      case 'search':
        this.search ??= new SearchStatus(event, performance.now());
        this.search.add(event);
        return;
      case 'stopping':
        if (this.status !== undefined) this.status.stopping = true;
        if (this.search !== undefined) this.search.stopping = true;
        return;
      case 'scenario-ended':
        this.status = undefined;
    }
  }
}
