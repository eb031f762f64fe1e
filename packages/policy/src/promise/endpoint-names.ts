/** The engine knows endpoints by numbers, callers by names. Only those that are there are kept. */
export class EndpointNames {
  private numbers: Map<string, number> = new Map();
  private names: Map<number, string> = new Map();
  private next: number = 0;

  /** The numbers of these, from here on all there are; one that stays keeps its number. */
  set(names: readonly string[]): number[] {
    const numbers = new Map(names.map((name) => [name, this.numbers.get(name) ?? this.next++]));
    this.numbers = numbers;
    this.names = new Map([...numbers].map(([name, number]) => [number, name]));
    return [...numbers.values()];
  }

  /** The numbers of all that there are. */
  get all(): number[] {
    return [...this.numbers.values()];
  }

  nameOf(number: number): string | undefined {
    return this.names.get(number);
  }
}
