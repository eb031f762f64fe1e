import type { OtlpResource } from './otlp-json.ts';
import { keyOf, type Series } from './series.ts';

/** What one process has published, from one interval to the next. */
export class ProcessSeries {
  #latest = new Map<string, Series>();
  #before = new Map<string, number>();

  /** A whole page: what is not on it any more is gone. */
  page(series: readonly Series[]): void {
    this.#latest = new Map(series.map((one) => [keyOf(one), one]));
  }

  /** Some series, perhaps only what was added to them. */
  add(series: OtlpResource['series']): void {
    for (const { isDelta, ...one } of series) {
      const key = keyOf(one);
      const before = isDelta ? (this.#latest.get(key)?.value ?? 0) : 0;
      this.#latest.set(key, { ...one, value: before + one.value });
    }
  }

  /**
   * Each series as it is, and how much it has grown since the time before; one that has fallen
   * began anew, with its process.
   */
  take(): readonly (Series & { readonly grown: number })[] {
    const taken = [...this.#latest].map(([key, one]) => {
      const before = this.#before.get(key) ?? 0;
      return { ...one, grown: one.value >= before ? one.value - before : one.value };
    });
    this.#before = new Map([...this.#latest].map(([key, { value }]) => [key, value]));
    return taken;
  }
}
