import { describe, expect, it } from 'vitest';
import { otherNode } from '../scripts/other-node.mjs';
import { runRecord } from '../scripts/run-record.mjs';

const other = otherNode();

/** Every policy and most distributions are on, in calm as under a fault. */
function record(node: string, seed: string): Map<string, string> {
  const scenario = ['--scenario', 'payments-brownout', '--no-try'];
  const short = [...scenario, '--for', '90s', '--replications', '2', '--seed', seed];
  return runRecord(node, 'examples/retry-storm/fixed.yaml', short);
}

describe('one seed gives one record, to the byte', () => {
  const first = record(process.execPath, '7');

  it('has something in it', () => {
    expect(first.size).toBeGreaterThan(0);
  });

  it('over two runs', () => {
    expect(record(process.execPath, '7')).toEqual(first);
  });

  it('and another seed another one', () => {
    expect(record(process.execPath, '8')).not.toEqual(first);
  });

  it.skipIf(other === undefined)('on another major version of Node', () => {
    expect(record(other ?? 'none', '7')).toEqual(first);
  });
});
