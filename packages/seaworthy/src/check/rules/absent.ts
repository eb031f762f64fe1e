/** A known failure that no rule of its own looks for. Its docs are generated from these fields. */
export interface AbsentRule {
  /** In the same numbers as the rules. */
  readonly id: string;
  readonly name: string;
  /** `merged into RT05, ...`, or `needs ..., which no file says`. */
  readonly why: string;
}

/** By their ids. */
export const absentRules: readonly AbsentRule[] = [
  {
    id: 'CA04',
    name: 'a deploy that empties the caches of all replicas',
    why: 'merged into CA03: a deploy empties what replicas keep, and CA03 asks what the origin gets then',
  },
  {
    id: 'CA05',
    name: 'missing entries that are asked for again and again',
    why: 'needs the share of lookups that find nothing, which no file says',
  },
  {
    id: 'LC18',
    name: 'no safe order to deploy in',
    why: 'needs which version of a service needs which version of another, which no file says',
  },
  {
    id: 'NJ01',
    name: 'keep-alive times of Node against those of a load balancer',
    why: 'merged into PQ11, which knows the default of each version of Node',
  },
  {
    id: 'NJ03',
    name: 'a thread pool that lookups fill',
    why: 'needs the rate and time of lookups, file accesses and hashes, which no file says',
  },
  {
    id: 'NJ05',
    name: 'connections across regions that Node gives up on',
    why: 'needs the addresses that the name of the callee has, which no file says',
  },
  {
    id: 'NJ08',
    name: 'retries of got by their defaults',
    why: 'merged into RT02 and RT16: they are a layer of each call, by the version of got',
  },
  {
    id: 'NJ15',
    name: 'the global agent of Node',
    why: 'merged into PQ13 and PQ14, which know what the agent of each version of Node does',
  },
  {
    id: 'NJ16',
    name: 'a breaker of opossum by its defaults',
    why: 'merged into CB02: its default volume is 0, and one failure opens it',
  },
  {
    id: 'NJ17',
    name: 'NODE_ENV, NODE_OPTIONS or Node itself differ between environments',
    why: 'merged into DR03 and DR07, which compare all that must be equal',
  },
  {
    id: 'OB02',
    name: 'logs that grow with the failures',
    why: 'needs how many lines a failed attempt writes, which no file says',
  },
  {
    id: 'OB03',
    name: 'more pages than one cause needs',
    why: 'needs the series that an alert is about as signals of a simulation, which no file says',
  },
  {
    id: 'RT14',
    name: 'retries that outlive the user',
    why: 'merged into RT05, which compares a caller with all that its callee may wait',
  },
];
