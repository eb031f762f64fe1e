/** An asynchronous function that is called for its result. */
export type Work = () => Promise<number>;

/** Calls a function within whatever a candidate puts around it. */
export type Wrap = (work: Work) => Promise<unknown>;

/** Makes the wrap of a candidate. Its package is loaded then: none pays for that of another. */
export type Candidate = () => Wrap | Promise<Wrap>;
