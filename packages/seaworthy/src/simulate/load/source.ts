import type { RandomStream } from '@seaworthy/policy/engine';

import type { Source } from '../../model/model.ts';
import { NS_PER_MS, Sampler } from '../../model/chance/sampler.ts';
import type { ArrivalProcess } from '../../traffic/open-arrivals.ts';
import { ZipfSampler } from '../chance/zipf.ts';
import type { Choice } from '../follow/choice.ts';
import { CallTrail } from '../follow/trail.ts';
import type { EdgeRuntime } from '../policy/edge.ts';
import { NO_KEY, type SimulatedCall, Waiter } from '../policy/simulated-call.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import type { World } from '../world.ts';
import type { TaskLevels } from './task-levels.ts';

/** What a source draws from, each for one purpose. */
export interface SourceChances {
  readonly clients: RandomStream;
  readonly think: RandomStream;
  readonly patience: RandomStream;
  readonly keys: RandomStream;
  /** Which of its tasks are followed. */
  readonly followed: Choice;
}

/**
 * Someone who waits for an answer: a user of a closed loop, or an impatient one of an open loop.
 */
export class User {
  readonly source: SourceRuntime;
  /** Among the users of all sources. */
  readonly id: number;
  call: SimulatedCall | undefined = undefined;
  client = 0;
  /** Of the pending event: thinking, or patience. 0: none. */
  pending = 0;
  reloadsLeft = 0;
  isReloading = false;
  /** Tasks that it has not begun. */
  tasksLeft = Infinity;
  /** What the task is about, however often it is asked for. */
  taskKey = NO_KEY;

  constructor(id: number, source: SourceRuntime) {
    this.id = id;
    this.source = source;
  }
}

export interface SourceParts {
  /** Of an open loop. */
  readonly process: ArrivalProcess | undefined;
  /** Where somebody asks how much a task matters. */
  readonly levels: TaskLevels | undefined;
}

/** Where tasks come from. */
export class SourceRuntime {
  readonly model: Source;
  private readonly world: World;
  private readonly edge: EdgeRuntime;
  private readonly clients: number;
  private readonly reload: Source['reload'];
  /** The event of the next arrival. */
  private readonly arrival: number;
  private readonly chances: SourceChances;
  private readonly process: ArrivalProcess | undefined;
  private readonly levels: TaskLevels | undefined;
  private readonly think: Sampler | undefined;
  private readonly keys: ZipfSampler | undefined;
  private readonly freeUsers: User[] = [];
  private nextClient = 0;
  /** Users of a closed loop that have not left. */
  private usersLeft = 0;
  /** Times the load of the model: the rate of an open loop, the users of a closed one. */
  private load = 1;
  /** Of a closed loop: users that take part, and those that stand aside until there are more. */
  private active = 0;
  private readonly aside: User[] = [];

  constructor(
    world: World,
    model: Source,
    index: number,
    chances: SourceChances,
    parts: SourceParts,
  ) {
    this.world = world;
    this.model = model;
    this.edge = world.edges[model.edge]!;
    this.clients = model.clients;
    this.reload = model.reload;
    this.arrival = eventFor(EventKind.arrival, index);
    this.chances = chances;
    this.process = parts.process;
    this.levels = parts.levels;
    const { arrivals, keys } = model;
    if (keys !== undefined) this.keys = new ZipfSampler(keys.count, keys.zipf, chances.keys);
    if (arrivals.kind === 'closed') this.think = new Sampler(arrivals.think, chances.think);
  }

  /** Schedules the first arrivals. Users of a closed loop begin by thinking. */
  start(): void {
    const { arrivals } = this.model;
    if (arrivals.kind === 'open') {
      this.scheduleArrival();
      return;
    }
    this.recruit(arrivals.users, arrivals.tasks);
  }

  /**
   * From now on so many times the load of the model comes. An arrival that is due already still
   * comes; users who are too many stop when their task is over.
   */
  setLoad(factor: number): void {
    this.load = factor;
    const { arrivals } = this.model;
    if (arrivals.kind === 'open') return;
    this.recruit(Math.round(arrivals.users * factor), arrivals.tasks);
  }

  private recruit(users: number, tasks: number): void {
    while (this.active < users) {
      let user = this.aside.pop();
      if (user === undefined) {
        user = this.newUser();
        user.tasksLeft = tasks;
        this.usersLeft++;
      }
      user.client = this.active % this.clients;
      this.active++;
      this.thinks(user);
    }
  }

  /**
   * The next task of an open loop arrives. One that carries anything of its own needs a record.
   */
  arrive(): void {
    const client = this.chooseClient();
    this.scheduleArrival();
    if (this.reload === undefined) {
      const { edge } = this;
      const key = this.newKey();
      const isFollowed = this.chances.followed.next();
      if (edge.direct === true && !isFollowed) edge.beginAnonymous(key);
      else {
        // One that would only be counted carries nothing of its own, followed or not.
        const call = edge.direct ? this.plainCall(NOBODY, key) : this.newCall(NOBODY, key);
        if (isFollowed) this.follow(call);
        edge.begin(call, client, undefined);
      }
      return;
    }
    const user = this.freeUsers.pop() ?? this.newUser();
    user.client = client;
    this.asks(user);
  }

  /** A user has thought, or has lost patience. */
  userDue(user: User, sequence: number): void {
    if (sequence !== user.pending) return;
    user.pending = 0;
    if (user.call === undefined) {
      this.asks(user);
      return;
    }
    user.isReloading = true;
    this.world.cancelCall(user.call);
    user.isReloading = false;
    user.reloadsLeft--;
    this.tries(user);
  }

  /** The task of a user has settled. */
  settled(user: User): void {
    user.call = undefined;
    user.pending = 0;
    if (user.isReloading) return;
    if (this.think === undefined) this.freeUsers.push(user);
    else if (user.tasksLeft > 0) this.thinks(user);
    else if (--this.usersLeft === 0) this.world.journal.sourceFinished(this);
  }

  /** Whether a user of a closed loop is one too many, and stands aside from now on. */
  private leaves(user: User): boolean {
    const { arrivals } = this.model;
    if (arrivals.kind === 'open') return false;
    if (this.active <= Math.round(arrivals.users * this.load)) return false;
    this.active--;
    this.aside.push(user);
    return true;
  }

  private asks(user: User): void {
    user.tasksLeft--;
    const { reload } = this;
    const impatient = reload !== undefined && this.chances.patience.next() < reload.share;
    user.reloadsLeft = impatient ? reload.times : 0;
    user.taskKey = this.newKey();
    this.tries(user);
  }

  private tries(user: User): void {
    const call = this.newCall(user.id, user.taskKey);
    if (this.chances.followed.next()) this.follow(call);
    user.call = call;
    if (user.reloadsLeft > 0) {
      user.pending = this.schedule(this.reload!.afterMs * NS_PER_MS, user);
    }
    this.begin(call, user.client);
  }

  private thinks(user: User): void {
    if (this.leaves(user)) return;
    user.pending = this.schedule(this.think!.next(), user);
  }

  private schedule(delayNs: number, user: User): number {
    const { events, nowNs } = this.world;
    return events.push(nowNs + Math.round(delayNs), eventFor(EventKind.user, user.id));
  }

  private newUser(): User {
    const { users } = this.world;
    const user = new User(users.length, this);
    users.push(user);
    return user;
  }

  private newKey(): number {
    return this.keys === undefined ? NO_KEY : this.keys.next();
  }

  private plainCall(user: number, key: number): SimulatedCall {
    const call = this.world.calls.take();
    call.taskKey = key;
    call.waiter = Waiter.task;
    call.waiterIndex = user;
    return call;
  }

  private follow(call: SimulatedCall): void {
    call.trail = new CallTrail(this.model.edge, this.world.nowMs, true);
  }

  private newCall(user: number, key: number): SimulatedCall {
    const call = this.plainCall(user, key);
    if (this.levels !== undefined) call.level = this.levelOf(this.levels, user);
    return call;
  }

  /** Users of a closed loop come again; those of an open one are strangers each time. */
  private levelOf(levels: TaskLevels, user: number): number {
    const comesAgain = this.think !== undefined;
    return comesAgain ? levels.ofUser(user, this.world.nowMs) : levels.ofStranger();
  }

  private begin(call: SimulatedCall, client: number): void {
    this.edge.begin(call, client, undefined);
  }

  private scheduleArrival(): void {
    if (this.process === undefined) return;
    const atNs = this.process.after(this.world.nowNs, this.load);
    if (atNs < Infinity) this.world.events.push(atNs, this.arrival);
  }

  private chooseClient(): number {
    const { clients } = this;
    if (clients === 1) return 0;
    const { arrivals } = this.model;
    if (arrivals.kind === 'open' && arrivals.spacing === 'poisson') {
      return Math.floor(this.chances.clients.next() * clients);
    }
    const client = this.nextClient;
    this.nextClient = (client + 1) % clients;
    return client;
  }
}

/** No user waits: the task is only counted. */
export const NOBODY = -1;
