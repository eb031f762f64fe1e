import type { PolicySettings } from '@seaworthy/policy/engine';

import type { Fault, Model, Scenario, Target } from '../../model/model.ts';
import { isChanged } from '../../model/rollout.ts';
import { mistakesOfRequest } from '../load/check-plan.ts';
import { blanksIn } from '../load/client/template.ts';
import type { Refusal } from '../limits.ts';
import type { SourceInput } from '../sources.ts';
import { isWired } from '../stage/wiring.ts';
import { isEdgeFault } from './edge-fault.ts';

/** The first of the requests that cannot be sent. Undefined: all can. */
export function notSendable(
  { sources }: Model,
  inputs: readonly SourceInput[],
): Refusal | undefined {
  for (const [source, { name, requests = [] }] of sources.entries()) {
    const columns = Object.keys(inputs[source]?.rows?.[0] ?? {});
    for (const [index, request] of requests.entries()) {
      const at = ['traffic', name, 'requests', index];
      const { path, headers, body = '' } = request;
      const blanks = [path, body, ...Object.values(headers)].flatMap(blanksIn);
      const unknown = blanks.find((blank) => blank !== 'task' && !columns.includes(blank));
      if (unknown !== undefined) {
        return {
          path: at,
          message: `nothing says what stands for {{${unknown}}}`,
          expected:
            `add --rows ${name}=<file> with a column of that name; {{task}} is a word that no ` +
            'other request has',
        };
      }
      const [mistake] = mistakesOfRequest(request, inputs[source]?.rows ?? []);
      if (mistake !== undefined) {
        return { path: at, message: 'it cannot be sent', expected: mistake };
      }
    }
  }
  return undefined;
}

/**
 * The first of the sources whose service speaks TLS: the load cannot check a certificate through a
 * proxy at another address. Undefined: there is none.
 */
export function notSpoken({ sources, edges, services }: Model): Refusal | undefined {
  for (const { name, edge } of sources) {
    const callee = services[edges[edge]!.to]!;
    if (callee.address?.startsWith('https:') !== true) continue;
    return {
      path: ['services', callee.name, 'address'],
      message: `${name} cannot speak TLS through the proxy: its address is not in the certificate`,
      expected: 'rehearse it where it speaks plain HTTP, behind what ends TLS',
    };
  }
  return undefined;
}

/** Of a policy, what the load cannot play, and its word in the file. */
const unplayed = {
  cache: 'cache',
  admission: 'admission',
  retry: 'retry',
  throttle: 'throttle',
  hedge: 'hedge',
  endpoints: 'endpoints',
  breaker: 'breaker',
  limit: 'limit',
  fallbacks: 'fallback',
} as const satisfies Partial<Record<keyof PolicySettings, string>>;

/**
 * The first of the policies of sources that do more than to give up: the load sends each request
 * once. Undefined: there is none.
 */
export function notSentAgain({ sources, edges }: Model): Refusal | undefined {
  for (const { name, edge } of sources) {
    const { policy, name: call } = edges[edge]!;
    for (const [setting, word] of Object.entries(unplayed)) {
      const value = policy[setting as keyof typeof unplayed];
      if (value === undefined || value === 0) continue;
      return {
        path: ['calls', call, word],
        message:
          `${name} sends each request of a rehearsal once: of its policy only deadline and ` +
          'timeout are played',
        expected: `seaworthy simulate plays it; take ${word} out here, or in an environment for --env`,
      };
    }
  }
  return undefined;
}

/**
 * The first of the faults of a scenario that cannot be done to real processes, or not to these.
 * Undefined: all of them can.
 */
export function notPlayable(model: Model, scenario: Scenario | undefined): Refusal | undefined {
  for (const [index, fault] of (scenario?.faults ?? []).entries()) {
    const path = ['scenarios', scenario!.name, index];
    const why = whyNot(model, fault);
    if (why !== undefined) return { path, ...why };
  }
  return undefined;
}

type Why = Omit<Refusal, 'path'> | undefined;

const elsewhere = 'seaworthy simulate plays it; choose another with --scenario';

function whyNot(model: Model, fault: Fault): Why {
  switch (fault.kind) {
    case 'burst':
      return undefined;
    case 'slow':
    case 'fail':
    case 'blackhole':
    case 'reset':
    case 'loss':
      return withoutProxy(model, fault.target) ?? withoutCalm(fault);
    case 'kill':
    case 'pause':
      return withoutProcess(model, fault.target.index);
    case 'rollout':
      if (!isChanged(fault.version)) return withoutProcess(model, fault.service);
      return {
        message: 'a rehearsal has one version of each service: the one that `run` starts',
        expected: 'leave out how the new version differs, and all replicas are restarted',
      };
    case 'capacity':
      return { message: 'the slots of a real process cannot be taken away', expected: elsewhere };
    case 'flush':
      return { message: 'the caches of a real process cannot be emptied', expected: elsewhere };
    case 'poison':
      return { message: 'a rehearsal does not see into message queues', expected: elsewhere };
  }
}

/** Nothing stands between caller and callee where the caller was not told of it. */
function withoutProxy(model: Model, target: Target): Why {
  for (const [edge, { name, from, to }] of model.edges.entries()) {
    if (target.kind === 'edge' ? edge !== target.index : to !== target.index) continue;
    if (isWired(model, edge)) continue;
    const caller = from.kind === 'service' ? model.services[from.index]!.name : name;
    return {
      message: `no proxy stands on ${name}: ${caller} is not started by the rehearsal`,
      expected: `start it with services.${caller}.run, or choose another with --scenario`,
    };
  }
  return undefined;
}

/** A factor needs something to multiply. */
function withoutCalm(fault: Fault): Why {
  if (!isEdgeFault(fault) || fault.kind !== 'slow' || fault.factor === 1) return undefined;
  if (fault.factor < 1) {
    return { message: 'nothing makes a real process faster', expected: 'write more than 1x' };
  }
  if (fault.atMs >= calmMs) return undefined;
  return {
    message: 'the factor multiplies the times of the calm before it, and there is none',
    expected: 'begin at 1s or later, or say how much longer with adds',
  };
}

/** So long, at least, the callee is watched before its times are multiplied. */
const calmMs = 1000;

function withoutProcess({ services }: Model, index: number): Why {
  const { name, process } = services[index]!;
  if (process !== undefined) return undefined;
  return {
    message: `${name} is not started by the rehearsal, which therefore does not touch it`,
    expected: `start it with services.${name}.run, or choose another with --scenario`,
  };
}
