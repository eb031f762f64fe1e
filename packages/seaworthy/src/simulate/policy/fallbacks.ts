import { Reason } from '@seaworthy/policy/engine';

import type { FallbackLink } from '../../model/model.ts';
import type { Sampler } from '../../model/chance/sampler.ts';
import { CallTrail } from '../follow/trail.ts';
import { Place } from '../work/requests.ts';
import type { World } from '../world.ts';
import { type SimulatedCall, Waiter } from './simulated-call.ts';

/** Runs the links of an edge's fallback chain, when its policies want one. */
export class Fallbacks {
  readonly #world: World;
  readonly #links: readonly FallbackLink[];
  /** How long the local values take; undefined for links that call. */
  readonly #times: readonly (Sampler | undefined)[];

  constructor(
    world: World,
    links: readonly FallbackLink[],
    times: readonly (Sampler | undefined)[],
  ) {
    this.#world = world;
    this.#links = links;
    this.#times = times;
  }

  start(call: SimulatedCall, index: number): void {
    const link = this.#links[index]!;
    if (link.kind === 'answer') this.#startAnswer(call, this.#times[index]!);
    else this.#startCall(call, link.edge);
  }

  cancel(call: SimulatedCall): void {
    const fallback = call.fallbackCall;
    call.fallbackCall = undefined;
    if (fallback !== undefined) this.#world.cancelCall(fallback);
    if (call.request >= 0) this.#world.requests.release(call.request);
    call.request = -1;
  }

  #startAnswer(call: SimulatedCall, time: Sampler): void {
    const { requests, nowNs } = this.#world;
    const request = requests.take();
    call.request = request;
    requests.call[request] = call;
    requests.token[request] = call.token;
    requests.place[request] = Place.answering;
    requests.reason[request] = Reason.none;
    this.#world.schedule(request, nowNs + Math.round(time.next()));
  }

  #startCall(call: SimulatedCall, edge: number): void {
    const fallback = this.#world.calls.take();
    fallback.waiter = Waiter.fallback;
    fallback.waiterCall = call;
    fallback.waiterToken = call.token;
    fallback.level = call.level;
    fallback.taskKey = call.taskKey;
    if (call.trail !== undefined) {
      fallback.trail = new CallTrail(edge, this.#world.nowMs, false);
      call.trail.fallback = fallback.trail;
    }
    call.fallbackCall = fallback;
    this.#world.edges[edge]!.begin(fallback, call.caller, call.inherited);
  }
}
