import type { Value } from './value.ts';

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** `1m30s`, `800ms`, `0`: durations as Go, compose, Istio and Prometheus write them. */
export function durationMs(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?|\.\d+)(ns|us|µs|ms|s|m|h|d|w|y)/g)];
  if (parts.length === 0 || parts.map((it) => it[0]).join('') !== trimmed) return undefined;
  // Twelve digits: more are the noise of the multiplication.
  const sum = parts.reduce((total, [, digits, unit]) => {
    return total + Number(digits) * milliseconds[unit!]!;
  }, 0);
  return Number(sum.toPrecision(12));
}

export function durationOf(value: Value): number | undefined {
  return value.text === undefined ? undefined : durationMs(value.text);
}

/** Kubernetes writes whole seconds. */
export function secondsOf(value: Value): number | undefined {
  return value.number === undefined ? undefined : value.number * 1000;
}

const quantityFactors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** `100m`, `64Mi`: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function quantityOf(value: Value): number | undefined {
  const match = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|)$/.exec(
    value.text ?? '',
  );
  if (match === null) return undefined;
  return Number((Number(match[1]) * quantityFactors[match[2]!]!).toPrecision(12));
}

const byteFactors: Readonly<Record<string, number>> = {
  b: 1,
  k: 2 ** 10,
  kb: 2 ** 10,
  m: 2 ** 20,
  mb: 2 ** 20,
  g: 2 ** 30,
  gb: 2 ** 30,
  t: 2 ** 40,
  tb: 2 ** 40,
};

/** `300M`, `1gb` of compose and PostgreSQL, which count in powers of 1024; without unit: bytes. */
export function bytesOf(value: Value): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec((value.text ?? '').toLowerCase());
  const factor = match && byteFactors[match[2] === '' ? 'b' : match[2]!];
  return factor === null || factor === undefined ? undefined : Number(match![1]) * factor;
}
