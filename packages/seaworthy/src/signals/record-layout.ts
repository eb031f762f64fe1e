/** The version of the layout of records; counts up when an older reader would misunderstand it. */
export const SCHEMA = 1;

/** What was run, how it ended, and the verdict. */
export const HEADER_FILE = 'run.json';

/** Intervals and events in order of time, one JSON object a line. */
export const EVENTS_FILE = 'events.ndjson.gz';

/**
 * One seed gives one record, to the byte, and that includes the bytes of gzip. `mtime` and the
 * operating system in its header are constants in Node. Level 6 compresses to the same bytes in
 * the builds of Node 20, 22 and 24 from nodejs.org, which carry their own zlib; a test holds it. A
 * Node that was built with the zlib of a distribution finds other repetitions, so its bytes may
 * differ; what they unfold to does not.
 *
 * Z_HUFFMAN_ONLY, which searches for none, gives the same bytes in every zlib, and so does level 0.
 * They are not worth it: the record of examples/retry-storm has 108 kB at level 6, 107 kB at level
 * 9, 255 kB with Huffman codes alone, and 450 kB at level 0.
 */
export const GZIP = { level: 6 } as const;
