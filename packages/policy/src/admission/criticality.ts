/**
 * How much it matters that a task succeeds, in the words of Google ("Site Reliability Engineering",
 * 2016, "Handling Overload"): what may be shed first has the lowest number.
 */
export const Criticality = {
  /** Partial and even full unavailability is expected: crawlers, background refresh. */
  sheddable: 0,
  /** Partial unavailability is expected: batch jobs, which try again later. */
  sheddablePlus: 1,
  /** Users notice. What says nothing is of this class. */
  critical: 2,
  /** Users are hurt: payments, logins. */
  criticalPlus: 3,
} as const;

/** One of the values of {@link Criticality}. */
export type Criticality = (typeof Criticality)[keyof typeof Criticality];

/** The word for each {@link Criticality}, by its number. */
export const criticalityNames = [
  'sheddable',
  'sheddable-plus',
  'critical',
  'critical-plus',
] as const;

/** Users within a class are shed by level, as in DAGOR (Zhou et al., SoCC 2018): 128 of them. */
export const levelsPerClass = 128;

export const levelCount: number = levelsPerClass * criticalityNames.length;

/** The level of a task of which nothing is known: of class critical, of whatever user. */
export const unknownLevel = -1;

/** The class that a level belongs to. */
export function criticalityOf(level: number): Criticality {
  if (level < 0) return Criticality.critical;
  return Math.floor(level / levelsPerClass) as Criticality;
}

/** A level within a class: `place` in [0, 1) from its lowest to its highest. */
export function levelAt(criticality: Criticality, place: number): number {
  return criticality * levelsPerClass + Math.floor(place * levelsPerClass);
}

/**
 * The level of a user within a class, by a hash: all tasks of a user are shed or none is, at every
 * door alike, so that a page of ten calls is not lost ten times as often as one of them. Change the
 * `epoch` now and then (DAGOR: each hour), so that it is not always the same users who lose.
 */
export function levelOf(criticality: Criticality, user: string | number, epoch = 0): number {
  const text = `${epoch} ${user}`;
  // FNV-1a over UTF-16 units, then the finalizer of MurmurHash3: neighbours must not be neighbours.
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return criticality * levelsPerClass + ((hash >>> 0) % levelsPerClass);
}
