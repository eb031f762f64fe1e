/** Something that happened at one moment. */
export interface RunEvent {
  readonly atMs: number;
  readonly kind:
    | 'fault-began'
    | 'fault-ended'
    | 'breaker-opened'
    | 'breaker-half-opened'
    | 'breaker-closed'
    /** The adaptive limits of an edge have moved much since this was last told. */
    | 'limit-moved'
    /**
     * A limit or the slots of a service began to refuse or to queue at the full bound; and the last
     * such moment.
     */
    | 'queue-full'
    | 'budget-empty'
    | 'fallback-began'
    /** The fallback of a caller has become the normal path; or the callee is it again. */
    | 'fallback-became-normal'
    | 'fallback-normal-ended'
    /** The last task of a source is over. */
    | 'source-finished'
    /** A door began to shed requests by criticality, or an edge its calls. */
    | 'shedding'
    | 'replica-killed'
    /** A caller leaves a replica out of its choice for a while. */
    | 'replica-ejected'
    | 'replica-back'
    /** Replicas are being replaced; and when all are as they are to be. */
    | 'rollout-began'
    | 'rollout-ended'
    | 'replica-ready'
    | 'replica-gone'
    /** The load asks for more or fewer replicas. */
    | 'scaled'
    | 'out-of-memory'
    /** A rehearsal was ended by its stop rule. */
    | 'aborted'
    /** The load or a fault of a rehearsal did not do its part: what was measured says nothing. */
    | 'invalid';
  /**
   * Which edge or service, by name; with the caller's or replica's number where there are several.
   */
  readonly subject: string;
  readonly text: string;
}
