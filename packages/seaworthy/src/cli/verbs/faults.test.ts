import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Client } from '../../rehearse/proxy/testing/rig.ts';
import { Workplace } from '../testing/command-line.ts';

const workplace = new Workplace();
const echo = createServer((socket) => socket.pipe(socket));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  ({ port } = echo.address() as AddressInfo);
});
afterAll(() => {
  echo.close();
  workplace.remove();
});

/** Ports differ from run to run. */
function withoutPorts(text: string): string {
  return text.replaceAll(/(127\.0\.0\.1):\d+/g, '$1:PORT');
}

describe('seaworthy faults', () => {
  it('injects what the file says, writes it down, and sums up', async () => {
    workplace.write(
      'faults.yaml',
      `- name: payments
  listen: 127.0.0.1:0
  upstream: 127.0.0.1:${port}
  toxics: [{ type: limit_data, attributes: { bytes: 3 }, first: 1 }]
`,
    );
    const words = ['faults', 'faults.yaml', '--edge', `orders=0:127.0.0.1:${port}`];
    let isUsed = false;
    const finished = await workplace.run(
      [...words, '--api', '127.0.0.1:0', '--journal', 'faults.ndjson'],
      {},
      (_stderr, interrupt, stdout) => {
        const listen = /^payments: 127\.0\.0\.1:(\d+)/m.exec(stdout);
        if (listen === null || !stdout.includes('Ctrl-C') || isUsed) return;
        isUsed = true;
        void use(Number(listen[1])).then(() => interrupt());
      },
    );
    expect({ ...finished, stdout: withoutPorts(finished.stdout) }).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stderr": "",
        "stdout": "payments: 127.0.0.1:PORT -> 127.0.0.1:PORT
        faults: limit_data_downstream
      orders: 127.0.0.1:PORT -> 127.0.0.1:PORT
      control API: http://127.0.0.1:PORT, as Toxiproxy 2.12.0
      seed 1; Ctrl-C ends it

      payments: 2 connections
        limit_data_downstream: hit 1 of 2
      orders: 0 connections
      1 injection in the journal
      ",
      }
    `);
    const journal = readFileSync(join(workplace.folder, 'faults.ndjson'), 'utf8');
    expect(JSON.parse(journal)).toMatchObject({ number: 1, what: 'closed after 3 bytes' });
  });

  it('says what is wrong with the command line and the file', async () => {
    const wrong = await workplace.run(['faults', '--edge', 'payments:4001']);
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: option --edge: "payments:4001" is not an edge\n' +
        'write name=port:host:port, such as payments=4001:127.0.0.1:4000\n',
    });
    const taken = await workplace.run(['faults', '--api', `127.0.0.1:${port}`]);
    expect(taken.stderr).toBe(
      `error: cannot listen on 127.0.0.1:${port}: something listens there already\n`,
    );
    expect(taken.code).toBe(2);
    workplace.write(
      'wrong.yaml',
      '- name: a\n  upstream: 127.0.0.1:1\n  toxics: [{ type: lag }]\n',
    );
    const { code, stderr } = await workplace.run(['faults', 'wrong.yaml']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^wrong\.yaml:3:20 {2}\[0\]\.toxics\[0\]\.type {2}not a type of toxic\n/,
    );
    workplace.write('empty.yaml', '');
    const empty = await workplace.run(['faults', 'empty.yaml']);
    expect(empty.stderr).toContain('empty.yaml:1:1  the file is empty\n');
    expect(empty.stderr).toContain('such as [{ "name": ..., "upstream": ... }]\n');
  });
});

/** One connection that is cut short, and one that is not. */
async function use(listen: number): Promise<void> {
  const cut = new Client(listen).send('hello');
  await cut.ends();
  expect(cut.text).toBe('hel');
  const whole = new Client(listen).send('hello');
  await whole.receives(5);
  for (const client of [cut, whole]) client.socket.destroy();
}
