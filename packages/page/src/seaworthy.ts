/** All that the page knows of the rest of Seaworthy: types, and the code that reads a record. */
export type { PageDocument, PageRun, Series } from '../../seaworthy/src/report/html/page-run.ts';
export type { Change, Finding, ObjectiveResult } from '../../seaworthy/src/judge/verdict.ts';
export type { RunEvent } from '../../seaworthy/src/signals/run.ts';
export { TIME_BUCKETS, timeOf, Times } from '../../seaworthy/src/report/html/times.ts';
export {
  durationText,
  momentText,
  numberText,
  rateText,
  shareText,
} from '../../seaworthy/src/judge/words.ts';
