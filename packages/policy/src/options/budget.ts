import type { BudgetSettings } from '../call/settings.ts';
import { anyShare, count, fields, positiveDuration, rate } from './reader.ts';
import type { Reader } from './reader.ts';

const budgetFields = fields({
  share: [anyShare, 0.1],
  floor: [rate],
  within: [positiveDuration, 10_000],
  bucket: [count(1, 1_000_000)],
  failures: [anyShare],
});

export const budget: Reader<BudgetSettings> = (value, at) => {
  const { share: part, floor, within, bucket, failures } = budgetFields(value, at);
  return {
    share: part,
    floorPerSecond: floor ?? (bucket === undefined ? 1 : 0),
    withinMs: within,
    ...(bucket !== undefined && { bucketTokens: bucket }),
    ...(failures !== undefined && { failureShareMax: failures }),
  };
};
