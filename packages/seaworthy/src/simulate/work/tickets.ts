/**
 * Who stands where: the ticket of each request, 0 while it stands nowhere. A queue or a set of
 * cores that a request has left keeps its place, and passes it over when the ticket no longer fits.
 */
export class Tickets {
  of: Float64Array;
  private last = 0;

  constructor(capacity: number) {
    this.of = new Float64Array(capacity);
  }

  /**
   * Never given before, by any queue or cores: or a place that was left in one could pass for a
   * place in another.
   */
  next(): number {
    return ++this.last;
  }
}
