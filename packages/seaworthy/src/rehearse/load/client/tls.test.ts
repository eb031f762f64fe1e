import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, describe, expect, it } from 'vitest';

import { Rig } from '../../proxy/testing/rig.ts';
import { certificate, certificateKey } from '../testing/certificate.ts';
import { at, planTo } from '../testing/plan.ts';
import { playUntil } from '../testing/play.ts';

const rig = new Rig();
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-tls-'));
afterEach(async () => {
  await rig.stop();
  rmSync(folder, { recursive: true });
});

/** Built: Node is told at its start whom to trust, and runs no TypeScript. */
const built = new URL('../../../../dist/rehearse/load/load.js', import.meta.url);

const player = `
  const { startLoad } = await import(${JSON.stringify(built.href)});
  const { systemClock: clock } = await import('@seaworthy/policy/engine');
  const run = await startLoad(JSON.parse(process.argv[1]), { clock, threads: 0 });
  let succeeded = 0;
  let reading;
  while (succeeded < 2) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    reading = await run.read();
    succeeded += reading.succeeded;
  }
  console.log(JSON.stringify({ succeeded, problems: (await run.stop()).problems }));
`;

describe('TLS', () => {
  it('is spoken with whom Node trusts, and with nobody else', async () => {
    const server = createServer({ cert: certificate, key: certificateKey }, (_, response) => {
      response.end('fine');
    });
    const port = await rig.listen(server);
    const target = `https://127.0.0.1:${port}`;
    const plan = planTo(port, { target, durationMs: 60_000, arrivals: at([0, 0]) });

    expect(await playUntil(plan, 2)).toMatchObject({
      failed: { unreachable: 2 },
      problems: { DEPTH_ZERO_SELF_SIGNED_CERT: 2 },
      connected: 0,
    });

    const trusted = join(folder, 'certificate.pem');
    writeFileSync(trusted, certificate);
    const given = ['--input-type=module', '--eval', player, JSON.stringify(plan)];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: trusted };
    const { stdout } = await promisify(execFile)(process.execPath, given, { env });
    expect(JSON.parse(stdout)).toEqual({ succeeded: 2, problems: {} });
  });
});
