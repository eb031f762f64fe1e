import { Table, type TableRow } from '../chart/table.tsx';
import { Twin } from '../chart/twin.tsx';
import {
  groupsOf,
  intervalText,
  type LimitsResult,
  numberText,
  roughShareText,
  thresholdText,
} from '../seaworthy.ts';
import { text } from '../text/english.ts';
import { sizeTextOf, type Trigger } from './sizes.ts';

type LoadText = (load: number) => string;
type Threshold = LimitsResult['stableUpTo'];
type Proportion = LimitsResult['state']['cold'];

const words = text.limits;

/** What was found, each with the interval in which it is. */
export function Found(props: { readonly limits: LimitsResult; readonly load: LoadText }) {
  const { limits, load } = props;
  const { headroom, fragility } = limits;
  return (
    <Table
      title={words.limits}
      head={words.limitsHead}
      rows={[
        thresholdRow(words.stable, limits.stableUpTo, load),
        thresholdRow(words.vulnerable, limits.vulnerableUpTo, load),
        { name: words.given, cells: [load(limits.load.given), '', ''] },
        ...timesRows(words.headroom, headroom),
        ...timesRows(words.fragility, fragility),
        ...limits.triggers
          .filter((trigger) => trigger.skipped === undefined)
          .map((trigger) =>
            thresholdRow(words.tipsAt(trigger.name), trigger.tipsAt, sizeTextOf(trigger)),
          ),
      ]}
    />
  );
}

/** How many runs collapsed at the load of the file, and how likely that makes it. */
export function Starts({ limits }: { readonly limits: LimitsResult }) {
  const { cold, hot } = limits.state;
  return (
    <Table
      title={words.starts}
      head={words.startsHead}
      rows={[shareRow(words.cold, cold), shareRow(words.hot, hot)]}
    />
  );
}

/** What fails at any load: load by load, as it was seen there. */
export function Failing(props: { readonly limits: LimitsResult; readonly load: LoadText }) {
  const { failing } = props.limits;
  const [first] = failing;
  return (
    <Table
      title={words.failing}
      head={[...words.failingHead, ...failing.map((each) => each.text)]}
      rows={(first?.tried ?? []).map(({ load }, index) => ({
        name: props.load(load),
        cells: failing.map(({ tried }) => tried[index]?.observed ?? ''),
      }))}
    />
  );
}

/** The points of the loop, in the order in which it went. */
export function LoopTable(props: { readonly limits: LimitsResult; readonly load: LoadText }) {
  return (
    <Twin
      title={words.loop}
      head={words.loopHead}
      rows={() =>
        props.limits.loop.map(({ load, direction, servedShare, fails }) => ({
          name: props.load(load),
          cells: [words.way[direction], roughShareText(servedShare), fails.join('; ')],
        }))
      }
    />
  );
}

/** The runs behind a curve, a few of similar size together. */
export function CurveTable({ trigger }: { readonly trigger: Trigger }) {
  const size = sizeTextOf(trigger);
  return (
    <Twin
      title={words.trigger(trigger.name)}
      head={words.curveHead}
      rows={() =>
        groupsOf(trigger).map(({ from, to, share }) =>
          shareRow(from === to ? size(from) : `${size(from)} – ${size(to)}`, share),
        )
      }
    />
  );
}

function thresholdRow(name: string, threshold: Threshold, of: (size: number) => string): TableRow {
  const { runs } = threshold;
  return { name, cells: [thresholdText(threshold, of), intervalText(threshold, of), `${runs}`] };
}

function timesRows(name: string, value: number | undefined): readonly TableRow[] {
  return value === undefined ? [] : [{ name, cells: [`${numberText(value)}×`, '', ''] }];
}

function shareRow(name: string, { count, of, low, high }: Proportion): TableRow {
  const interval = `${roughShareText(low)} – ${roughShareText(high)}`;
  return { name, cells: [`${count}`, `${of}`, interval] };
}
