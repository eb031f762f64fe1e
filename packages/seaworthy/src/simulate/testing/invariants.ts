import type { EdgeSample } from '../../signals/run.ts';
import { buildWorld } from '../build.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import type { EdgeRuntime } from '../policy/edge.ts';
import type { World } from '../world.ts';
import { type RandomSystem, TRAFFIC_ENDS_MS } from './random-system.ts';
import { type EdgeWitness, Witness } from './witness.ts';

/** Looks at the state this often while there is traffic, and ever more rarely after it. */
const lookEveryMs = 200;
/** What is not at rest by now never is: three hours for some hundred tasks. */
const restMs = 10_800_000;

/**
 * Runs a system until it is at rest, and says which of the laws it broke that hold whatever a file
 * describes: Little's law, conservation, caps and budgets, nothing after the end, nothing left.
 */
export function brokenLaws({ model, scenario, seed }: RandomSystem): readonly string[] {
  const world = buildWorld(model, scenario, seed);
  const witness = new Witness(world);
  let stepMs = lookEveryMs;
  for (let untilMs = stepMs; untilMs < restMs; untilMs += stepMs) {
    world.runUntil(untilMs * NS_PER_MS);
    checkState(world, witness);
    if (witness.broken.length > 0) return witness.broken;
    if (untilMs <= TRAFFIC_ENDS_MS) continue;
    // Users of a closed loop think between their tasks.
    if (witness.openCalls === 0 && itemsIn(world) === 0 && !usersLeft(world)) break;
    stepMs *= 1.1;
  }
  checkRest(world, witness);
  checkCounts(world, witness);
  return witness.broken;
}

function itemsIn({ requests, messages }: World): number {
  return requests.inUse + messages.inUse;
}

function usersLeft(world: World): boolean {
  return world.users.some(({ pending, call }) => pending !== 0 || call !== undefined);
}

/** What holds at every moment: nothing is negative, and nothing above its limit. */
function checkState(world: World, witness: Witness): void {
  const within = (what: string, value: number, most: number): void => {
    if (!(value >= 0 && value <= most)) witness.note(`${what} is ${value}, and at most ${most}`);
  };
  for (const { service, number, inFlight, outstanding, line, fullSlots } of world.replicas) {
    const name = `${service.model.name}[${number}]`;
    within(`${name} in flight`, inFlight, fullSlots);
    within(`${name} outstanding`, outstanding, Infinity);
    within(`${name} queue`, line.length, service.queueLimit);
  }
  for (const { meter, model } of world.services) {
    within(`${model.name} in flight`, meter.inFlight.value, Infinity);
    within(`${model.name} queue`, meter.queue.value, Infinity);
    within(`${model.name} computing`, meter.computing.value, Infinity);
  }
  for (const { meter, model } of world.rows) {
    within(`${model.name} locked`, meter.held.value, model.count);
    within(`${model.name} queue`, meter.queue.value, Infinity);
  }
  for (const { meter, model } of world.queues) {
    within(`${model.name} backlog`, meter.backlog.value, Infinity);
    within(`${model.name} in work`, meter.inWork.value, model.consumers);
  }
  world.edges.forEach((edge, index) => {
    const { name, policy } = edge.model;
    const { concurrency = Infinity, queue } = policy.limit ?? {};
    const slots = typeof concurrency === 'number' ? concurrency : concurrency.max;
    // Probes of a breaker do not wait: they may take slots beyond the limit.
    const probes = policy.breaker?.probes ?? 0;
    for (const engine of edge.engines) {
      within(`${name} in flight of a caller`, engine.inFlight, slots + probes);
      within(`${name} queue of a caller`, engine.queued, queue?.limit ?? Infinity);
    }
    within(`${name} attempts in flight`, edge.meter.inFlight.value, Infinity);
    const { begun, settled, open, anonymous } = witness.edges.at(index)!;
    if (begun !== settled + open.size + anonymous) witness.note(`${name}: a call is lost`);
  });
}

/** Long after the traffic nothing is left anywhere. */
function checkRest(world: World, witness: Witness): void {
  const zero = (what: string, value: number): void => {
    if (value !== 0) witness.note(`${what}: ${value} left when the traffic had ended`);
  };
  zero('requests', world.requests.inUse);
  zero('messages', world.messages.inUse);
  zero('orphans', world.orphans);
  for (const { service, inFlight, outstanding, line, cores } of world.replicas) {
    const { name } = service.model;
    zero(`${name} in flight`, inFlight);
    zero(`${name} outstanding`, outstanding);
    zero(`${name} queue`, line.length);
    zero(`${name} cores`, cores.busy);
  }
  for (const { meter, model } of world.services) {
    zero(`${model.name} metered in flight`, meter.inFlight.value);
    zero(`${model.name} metered queue`, meter.queue.value);
    zero(`${model.name} metered cores`, meter.computing.value);
  }
  for (const { meter, model } of world.rows) {
    zero(`${model.name} locked`, meter.held.value);
    zero(`${model.name} waiting`, meter.queue.value);
  }
  for (const { meter, model } of world.queues) {
    zero(`${model.name} backlog`, meter.backlog.value);
    zero(`${model.name} in work`, meter.inWork.value);
  }
  world.edges.forEach((edge, index) => {
    const { name } = edge.model;
    zero(`${name} calls`, witness.edges.at(index)!.open.size);
    zero(`${name} anonymous calls`, witness.edges.at(index)!.anonymous);
    zero(`${name} flights`, witness.edges.at(index)!.flights.size);
    zero(`${name} metered in flight`, edge.meter.inFlight.value);
    for (const engine of edge.engines) {
      zero(`${name} slots`, engine.inFlight);
      zero(`${name} waiting`, engine.queued);
    }
  });
}

/** Sums over the whole run: Little's law on every box, and what policies allow. */
function checkCounts(world: World, witness: Witness): void {
  const { nowNs, nowMs } = world;
  world.services.forEach((service) => {
    const { name } = service.model;
    const sample = service.meter.flush(0, nowNs, service.slots(), service.cores());
    little(witness, `${name} slots`, sample.inFlightMean * nowMs, sample.busyMs, sample.arrived);
    const queuedMs = (witness.queuedNs.get(service) ?? 0) / NS_PER_MS;
    little(witness, `${name} queue`, sample.queueMean * nowMs, queuedMs, sample.arrived);
    const ended = sample.served + sum(sample.failed);
    if (ended > sample.arrived) witness.note(`${name}: ${ended} of ${sample.arrived} ended`);
  });
  for (const { meter, model } of world.rows) {
    const { wait, queueMean, locked, gaveUp } = meter.flush(0, nowNs);
    if (gaveUp > 0) continue;
    little(witness, `${model.name} locks`, queueMean * nowMs, wait.sum, locked);
  }
  for (const { meter, model } of world.queues) {
    const { published, done, deadLetters } = meter.flush(0, nowNs, 0);
    // A delivery that took too long may still be done, after its message was given up.
    if (done > published || done + deadLetters < published) {
      witness.note(`${model.name}: ${done} done, ${deadLetters} dead of ${published} messages`);
    }
  }
  world.edges.forEach((edge, index) => checkEdge(world, edge, witness, witness.edges.at(index)!));
}

function checkEdge(world: World, edge: EdgeRuntime, witness: Witness, own: EdgeWitness): void {
  const { nowNs, nowMs } = world;
  const { name } = edge.model;
  const sample = edge.meter.flush(0, nowNs, edge.policyState());
  const { offered, succeeded, failed, rejected, fallback, latency, latencyFailed } = sample;
  const settled = succeeded + sum(failed) + sum(rejected) + sum(fallback);
  if (offered !== own.begun) witness.note(`${name}: ${own.begun} began, ${offered} counted`);
  if (settled !== offered) witness.note(`${name}: ${settled} of ${offered} settled`);
  const latencies = latency.count + latencyFailed.count;
  if (latencies !== offered) witness.note(`${name}: ${latencies} latencies of ${offered} calls`);
  const inCalls = own.calls.flush(0, nowNs) * nowMs;
  little(witness, `${name} calls`, inCalls, latency.sum + latencyFailed.sum, offered);
  checkAttempts(edge, sample, own, witness);
}

function checkAttempts(
  edge: EdgeRuntime,
  { offered, attempts, hedges }: EdgeSample,
  { engines, lastNs, flown }: EdgeWitness,
  witness: Witness,
): void {
  const { name, policy } = edge.model;
  const { retry, hedge, taskAttempts = Infinity } = policy;
  // Hedges are among the attempts of a retry.
  const each = Math.min(retry?.attempts ?? (hedge === undefined ? 1 : 2), taskAttempts);
  const calls = offered + flown;
  if (attempts > each * calls) {
    witness.note(`${name}: ${attempts} attempts for ${calls} calls, ${each} at most each`);
  }
  // A budget of the hedges is for them alone: retries have none then.
  const budget = retry?.budget ?? hedge?.budget;
  if (budget === undefined) return;
  const { share, floorPerSecond, withinMs, bucketTokens } = budget;
  // Windows that follow each other add up, and the last one may reach beyond the end.
  const seconds = (lastNs / NS_PER_MS + withinMs) / 1000;
  const callers = edge.sharedBudget === undefined ? engines : 1;
  const spare = (bucketTokens ?? 1) + floorPerSecond * seconds;
  const most = share * offered + callers * spare;
  const extra = retry?.budget === undefined ? hedges : attempts - calls;
  if (extra > most) witness.note(`${name}: ${extra} extra attempts, ${most} in the budget`);
}

/** What a rounding to whole nanoseconds, at both ends of each stay, can make of a sum. */
const roundingMs = 2e-6;

/** Little's law: the sum of all stays is the mean number there, times the time. */
function little(
  witness: Witness,
  what: string,
  byNumberMs: number,
  byStaysMs: number,
  stays: number,
): void {
  const tolerance = 1e-9 * byStaysMs + roundingMs * (stays + 1);
  if (Math.abs(byNumberMs - byStaysMs) <= tolerance) return;
  witness.note(
    `${what} break Little's law: ${byNumberMs} ms in all by number, ${byStaysMs} by stays`,
  );
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
