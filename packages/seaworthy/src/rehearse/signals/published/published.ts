import type { Model } from '../../../model/model.ts';
import type { EdgeSample } from '../../../signals/run.ts';
import type { Places } from '../../stage/wiring.ts';
import type { OtlpResource } from './otlp-json.ts';
import { OtlpReceiver } from './otlp-receiver.ts';
import { withPolicies } from './policy-signals.ts';
import { ProcessSeries } from './process-series.ts';
import { scrape } from './scrape.ts';

/** So often exporters of OpenTelemetry are asked to send: an interval is not shorter. */
const exportEveryMs = 1000;

/** What services publish of their policies: pages that are read, and exports that come in. */
export class Published {
  readonly #model: Model;
  /** By service and replica. */
  readonly #processes: readonly (readonly ProcessSeries[])[];
  readonly #receiver = new OtlpReceiver((resource) => this.#add(resource));
  #endpoint = '';

  private constructor(model: Model) {
    this.#model = model;
    this.#processes = model.services.map(({ replicas }) => replicas.map(() => new ProcessSeries()));
  }

  /** Begins to listen for exports. */
  static async open(model: Model): Promise<Published> {
    const published = new Published(model);
    published.#endpoint = await published.#receiver.start();
    return published;
  }

  close(): Promise<void> {
    return this.#receiver.stop();
  }

  /** What tells a process where to export to, and as whom; `run.env` has the last word. */
  environmentOf(service: number, replica: number): Readonly<Record<string, string>> {
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.#endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_METRIC_EXPORT_INTERVAL: String(exportEveryMs),
      OTEL_SERVICE_NAME: this.#model.services[service]!.name,
      OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${replica + 1}`,
    };
  }

  /** Reads the pages that there are. */
  async read(places: Places): Promise<void> {
    const reads = this.#model.services.flatMap(({ metrics }, service) => {
      if (metrics === undefined) return [];
      return places[service]!.map(async (address, replica) => {
        const series = await scrape(address, metrics);
        if (series !== undefined) this.#processes[service]![replica]!.page(series);
      });
    });
    await Promise.all(reads);
  }

  /** The samples of all edges since the time before, by their callers where these say something. */
  improve(samples: readonly EdgeSample[]): readonly EdgeSample[] {
    const taken = this.#processes.map((replicas) => replicas.map((one) => one.take()));
    return samples.map((sample, index) => {
      const { name, from, to } = this.#model.edges[index]!;
      if (from.kind !== 'service') return sample;
      // Policies are named after their dependencies.
      const names = [name, this.#model.services[to]!.name];
      const callers = taken[from.index]!.map((series) => {
        return series.filter(({ labels }) => names.includes(labels['policy'] ?? ''));
      });
      return withPolicies(sample, callers);
    });
  }

  #add({ service, instance, series }: OtlpResource): void {
    const index = this.#model.services.findIndex(({ name }) => name === service);
    this.#processes[index]?.[Math.max(0, Number(instance) - 1) || 0]?.add(series);
  }
}
