/** All that the page knows of the rest of Seaworthy: types, and the code that reads a record. */
export type {
  LimitsResult,
  ObjectiveLine,
  PageDocument,
  PageRun,
  ReplicaSeries,
  Series,
} from '../../seaworthy/src/report/html/page-run.ts';
export type { Change, Finding, ObjectiveResult } from '../../seaworthy/src/judge/verdict.ts';
export type {
  FollowedAttempt,
  FollowedCall,
  FollowedTask,
} from '../../seaworthy/src/signals/followed-task.ts';
export { changeText, isSame } from '../../seaworthy/src/judge/changes/text.ts';
export { unitOf } from '../../seaworthy/src/model/measure.ts';
export type { MeasureUnit } from '../../seaworthy/src/model/measure.ts';
export { RecordError } from '../../seaworthy/src/signals/record-error.ts';
export { taskFromJson } from '../../seaworthy/src/signals/task-json.ts';
export type { RunEvent } from '../../seaworthy/src/signals/run.ts';
export { verdictFromJson } from '../../seaworthy/src/report/read-verdict.ts';
export { linesOf } from '../../seaworthy/src/report/html/objective-lines.ts';
export { PageColumns, pageRun } from '../../seaworthy/src/report/html/page-columns.ts';
export { headerFromJson } from '../../seaworthy/src/signals/header-json.ts';
export { TIME_BUCKETS, timeOf, Times } from '../../seaworthy/src/report/html/times.ts';
export { groupsOf } from '../../seaworthy/src/report/limits/groups.ts';
export { intervalText, thresholdText } from '../../seaworthy/src/report/limits/words.ts';
export {
  durationText,
  lengthText,
  momentText,
  numberText,
  rateText,
  roughShareText,
  shareText,
} from '../../seaworthy/src/judge/words.ts';
