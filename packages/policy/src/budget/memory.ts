/** What a budget remembers. */
export interface BudgetMemory {
  /** Of the window: first attempts, pieces of extra work, attempts that failed. */
  readonly tasks: number;
  readonly withdrawals: number;
  readonly failures: number;
  /** Left in the token bucket; 0 without one. */
  readonly tokens: number;
}
