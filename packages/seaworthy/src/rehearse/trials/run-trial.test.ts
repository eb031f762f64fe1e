import { Agent, createServer, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

import { systemClock } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Edge } from '../proxy/edge.ts';
import { Rig } from '../proxy/testing/rig.ts';
import { root } from '../sources.ts';
import { failedCount } from './tasks.ts';
import { steadyPlan } from './plan.ts';
import { runTrial } from './run-trial.ts';
import { standardTrials } from './standard.ts';
import type { Subject } from './subject.ts';
import type { RanTrial, TrialName } from './trial.ts';
import { inTurn } from '../load/measure/merge.ts';

const ratePerSecond = 60;
const settings = {
  seed: 1,
  deadlineMs: 30_000,
  forMs: 1000,
  recoverMs: 25_000,
  from: 1,
  most: 200,
};
/** Busy machines are slow: nothing here is about times. */
const usual = { successShare: 1, p50Ms: 1000, p90Ms: 10_000 };

/** Asks the callee for each of its own requests. */
function web(callee: Edge): Server {
  const agent = new Agent({ keepAlive: true });
  return createServer((_request, response) => {
    const { port } = callee.listen;
    const call = request({ port, host: '127.0.0.1', agent }, (answer) => {
      answer.resume();
      answer.once('end', () => response.writeHead(answer.statusCode ?? 502).end());
    });
    call.once('error', () => response.writeHead(502).end()).end();
  });
}

/** Asks over one connection, as clients of Redis do, and opens another where that one breaks. */
function webOfOneConnection(callee: Edge): Server {
  let waiting: ServerResponse[] = [];
  let socket: Socket | undefined;
  const open = (): Socket => {
    const opened = connect({ port: callee.listen.port, host: '127.0.0.1' });
    opened.on('data', (bytes) => {
      for (const response of waiting.splice(0, bytes.length)) response.end();
    });
    opened.on('error', () => undefined);
    opened.on('close', () => {
      socket = undefined;
      for (const response of waiting) response.writeHead(502).end();
      waiting = [];
    });
    return opened;
  };
  return createServer((_request, response) => {
    waiting.push(response);
    socket ??= open();
    socket.write('?');
  });
}

type Calls = 'http' | 'one connection' | 'none';

/** Runs one trial on a web and its callee. */
async function trialOf(name: TrialName, calls: Calls): Promise<RanTrial> {
  const rig = new Rig();
  try {
    const callee =
      calls === 'one connection'
        ? await rig.behind(await rig.listen(createTcpServer((socket) => socket.pipe(socket))))
        : await rig.http((_request, response) => response.end('fine'));
    const server =
      calls === 'http'
        ? web(callee)
        : calls === 'none'
          ? createServer((_request, response) => response.end())
          : webOfOneConnection(callee);
    const front = await rig.behind(await rig.listen(server));
    const { port } = server.address() as AddressInfo;
    const subject: Subject = {
      target: 'web',
      load: { target: `http://127.0.0.1:${port}`, requests: [root], maxConnections: 200 },
      front,
      journal: rig.proxies.journal,
      dependencies: [{ name: 'callee', edge: callee }],
      outOfReach: [],
      processes: [],
      noProcess: 'it is part of this test',
    };
    const calm = { ratePerSecond, callMs: [1], speaksHttp: [calls === 'http'], connections: [1] };
    const planned = standardTrials(subject, { ...settings, calm, burstPerSecond: 100 });
    const trial = planned.find((each) => each.name === name && each.on === 'callee');
    const parts = { clock: systemClock, threads: 0, subject, signal: new AbortController().signal };
    const plan = steadyPlan(subject, settings, 'test', ratePerSecond);
    const run = await runTrial(trial!, parts, { ...settings, plan, ratePerSecond, usual });
    expect(callee.plan).toEqual([]);
    if (run.status === 'not run') throw new Error(run.because);
    return run;
  } finally {
    await rig.stop();
  }
}

describe('a trial', () => {
  it('does what it says, counts it, and undoes it', async () => {
    const [run, alone, shared] = await Promise.all([
      trialOf('failing share', 'http'),
      trialOf('brown-out', 'none'),
      trialOf('resets', 'one connection'),
    ]);
    expect(run.touched).toBeGreaterThan(5);
    const during = inTurn(run.during.map(({ tasks }) => tasks));
    expect(failedCount(during)).toBeGreaterThan(5);
    expect(during.succeeded).toBeGreaterThan(5);
    // No call came through.
    expect(alone).toMatchObject({ touched: 0, touchedLeast: 1 });
    // The only connection, once; the next one lives.
    expect(shared).toMatchObject({ touched: 1, unit: 'connections' });
    expect(inTurn(shared.during.map(({ tasks }) => tasks)).succeeded).toBeGreaterThan(5);
  });
});
