import type { BudgetSettings } from '../call/settings.ts';
import { anyShare, count, fields, positiveDuration, rate } from './reader.ts';
import type { Reader } from './reader.ts';

const budgetFields = fields({
  share: [anyShare, 0.1],
  floor: [rate, undefined, 'floorPerSecond'],
  within: [positiveDuration, 10_000, 'withinMs'],
  bucket: [count(1, 1_000_000), undefined, 'bucketTokens'],
  failures: [anyShare, undefined, 'failureShareMax'],
});

export const budget: Reader<BudgetSettings> = (value, at) => {
  const read = budgetFields(value, at);
  return { floorPerSecond: read.bucketTokens === undefined ? 1 : 0, ...read };
};
