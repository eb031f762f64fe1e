import type { Model } from '../../model/model.ts';
import type { EdgeSample, Interval, ServiceSample } from '../../signals/run.ts';
import type { LoadReading, LoadRun } from '../load/load.ts';
import { inTurn } from '../load/measure/merge.ts';
import { bottlenecks } from '../load/watch/bottlenecks.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import type { Stage } from '../stage/stage.ts';
import { sampleOfEdge, sampleOfLoad } from './edge-sample.ts';
import { noEdge, noQueue, noRows } from '../../signals/no-samples.ts';
import type { Published } from './published/published.ts';
import { sampleOfService } from './service-sample.ts';

/** Makes the intervals of a run of what the proxies and the generator have measured. */
export class Readings {
  readonly #model: Model;
  readonly #stage: Stage;
  readonly #loads: readonly LoadRun[];
  readonly #published: Published;
  /** What each source's generator did after the warm-up. Empty: nothing yet. */
  readonly #sent: LoadReading[][];

  /** @param loads Parallel to the sources of the model. */
  constructor(
    model: Model,
    stage: Stage,
    { loads, published }: { readonly loads: readonly LoadRun[]; readonly published: Published },
  ) {
    this.#model = model;
    this.#stage = stage;
    this.#loads = loads;
    this.#published = published;
    this.#sent = loads.map(() => []);
  }

  /** What was measured since the time before, as the interval between these moments. */
  async take(fromMs: number, toMs: number): Promise<Interval> {
    const { edges, queues, rows } = this.#model;
    const loads = await Promise.all(this.#loads.map((load) => load.read()));
    if (toMs > this.#model.run.warmUpMs) {
      for (const [index, sent] of this.#sent.entries()) {
        this.#sent[index] = [inTurn([...sent, loads[index]!])];
      }
    }
    const readings = edges.map(({ name }) => {
      const proxy = this.#stage.proxies.get(name);
      return proxy?.meter.read(proxy.clock.now());
    });
    const samples = edges.map(({ from }, index): EdgeSample => {
      if (from.kind === 'source') return sampleOfLoad(loads[from.index]!);
      const reading = readings[index];
      return reading === undefined ? noEdge : sampleOfEdge(reading);
    });
    await this.#published.read(this.#stage.places);
    return {
      fromMs,
      toMs,
      edges: this.#published.improve(samples),
      services: this.#services(readings),
      queues: queues.map(() => noQueue),
      rows: rows.map(() => noRows),
    };
  }

  /** Why what the generator measured says nothing of the system. Empty: it does. */
  generatorReasons(): readonly string[] {
    return [...new Set(this.#sent.flat().flatMap(bottlenecks))];
  }

  #services(readings: readonly (EdgeReading | undefined)[]): readonly ServiceSample[] {
    const { services, edges } = this.#model;
    return services.map(({ replicas, process }, service) => {
      const callers = edges.flatMap(({ to }, edge) =>
        to === service ? (readings[edge] ?? []) : [],
      );
      const running = this.#stage.replicas[service]!.filter((replica) => replica.isUp);
      const ready = process === undefined ? replicas.length : running.length;
      return sampleOfService(callers, { ready, replicas: replicas.length });
    });
  }
}
