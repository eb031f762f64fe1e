/** What a budget remembers. */
export interface BudgetMemory {
  /** First attempts of the window. */
  readonly tasks: number;
  /** Pieces of extra work that were charged in the window. */
  readonly withdrawals: number;
  /** Attempts of the window that failed. */
  readonly failures: number;
  /** Left in the token bucket; 0 without one. */
  readonly tokens: number;
}
