import { z } from 'zod';
import type { Unit } from '../unit.ts';
import {
  durationUnit,
  factorUnit,
  longestRunMs,
  parseUnit,
  rateUnit,
  shareUnit,
  sizeUnit,
} from '../unit.ts';
import { valueNotes, wrong } from './notes.ts';

interface Bounds {
  /** In words, with units. */
  readonly range: string;
  readonly least: number;
  readonly most: number;
  /** The least itself is too little. */
  readonly more?: true;
}

const dayMs = 86_400_000;
/** Longer than anything that is operated. */
const longestMs = 100 * 365 * dayMs;

function quantity(unit: Unit, bounds: Bounds, example: string = unit.example) {
  const right = `write ${unit.what} such as ${example}`;
  const message = wrong(`${unit.what} out of range`, `it must be ${bounds.range}`);
  return z
    .string({ error: (issue) => withoutUnit(unit, issue.input, right) })
    .regex(unit.pattern, {
      abort: true,
      error: (issue) => withoutUnit(unit, Number(issue.input), right),
    })
    .transform((written, context) => {
      const value = parseUnit(unit, written) ?? Number.NaN;
      if (isWithin(bounds, value)) return value;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .register(valueNotes, { what: unit.what, range: bounds.range, example });
}

function isWithin(bounds: Bounds, value: number): boolean {
  if (value === bounds.least && bounds.more) return false;
  return value >= bounds.least && value <= bounds.most;
}

function withoutUnit(unit: Unit, input: unknown, right: string): string {
  if (typeof input === 'number' && Number.isFinite(input)) {
    return wrong(`${unit.what} needs a unit`, unit.suggest(String(input)));
  }
  return wrong(`not ${unit.what}`, right);
}

/** Zero or more. Milliseconds. */
export function duration() {
  const range = '0 or more, at most 100 years';
  return quantity(durationUnit, { range, least: 0, most: longestMs });
}

/** More than zero. Milliseconds. */
export function positiveDuration() {
  const range = 'more than 0, at most 100 years';
  return quantity(durationUnit, { range, least: 0, most: longestMs, more: true });
}

/** A moment of virtual time. Milliseconds. */
export function runTime() {
  const range = '0 or more, at most 104 days';
  return quantity(durationUnit, { range, least: 0, most: longestRunMs }, '60s');
}

/** How long a run takes. Milliseconds. */
export function runLength() {
  const range = 'more than 0, at most 104 days';
  return quantity(durationUnit, { range, least: 0, most: longestRunMs, more: true }, '300s');
}

/** Per second. */
export function rate() {
  const range = '0 or more, at most 10000000/s';
  return quantity(rateUnit, { range, least: 0, most: 10_000_000 });
}

/** Per second, more than zero. */
export function positiveRate() {
  const range = 'more than 0/s, at most 10000000/s';
  return quantity(rateUnit, { range, least: 0, most: 10_000_000, more: true });
}

/** 0 to 1. */
export function share() {
  return quantity(shareUnit, { range: '0% to 100%', least: 0, most: 1 });
}

/** Above 0, up to 1. */
export function positiveShare() {
  const range = 'more than 0%, at most 100%';
  return quantity(shareUnit, { range, least: 0, most: 1, more: true });
}

/** 0 to less than 1: something is always left. */
export function shareBelowAll() {
  return quantity(shareUnit, { range: '0% to 99%', least: 0, most: 0.99 });
}

/** What is always lost would be sent again for ever. */
export function lossShare() {
  const range = '0% to 99%; where all is lost, use blackhole';
  return quantity(shareUnit, { range, least: 0, most: 0.99 });
}

/** The speed of a replica: a machine may be faster than its siblings. */
export function speedShare() {
  return quantity(shareUnit, { range: '0.01% to 10000%', least: 0.0001, most: 100 }, '50%');
}

/** A multiple, more than zero. */
export function factor() {
  const range = 'more than 0x, at most 1000000x';
  return quantity(factorUnit, { range, least: 0, most: 1e6, more: true });
}

/**
 * Growth from one to the next, at least 1: a factor whose `x` may be left out, for the key says
 * what it is.
 */
export function growth() {
  return factorOf(1, 1000);
}

/** A factor in a range, whose `x` may be left out. */
export function factorOf(least: number, most: number) {
  const range = `${least} to ${most}, with or without x`;
  const outOfRange = { error: wrong('a factor out of range', `it must be ${range}`) };
  const withX = quantity(factorUnit, { range, least, most });
  return z
    .union([z.number().min(least, outOfRange).max(most, outOfRange), withX], {
      error: wrong('not a factor', 'write 2, or 2x'),
    })
    .register(valueNotes, { what: 'a factor', range, example: '2' });
}

const terabyte = 1e12;

/** Zero or more. Bytes. */
export function size() {
  return quantity(sizeUnit, { range: '0 or more, at most 1000GB', least: 0, most: terabyte });
}

/** More than zero. Bytes. */
export function positiveSize() {
  const range = 'more than 0, at most 1000GB';
  return quantity(sizeUnit, { range, least: 0, most: terabyte, more: true });
}

/** How long something lasts; `unlimited` is Infinity. */
export function lasting() {
  return z
    .union([positiveDuration(), unlimited], {
      error: (issue) =>
        withoutUnit(durationUnit, issue.input, 'write a duration such as 10s, or unlimited'),
    })
    .register(valueNotes, {
      what: 'a duration',
      range: 'more than 0, or unlimited',
      example: '10s',
    });
}

/** The word for no limit. */
export const unlimited = z.literal('unlimited').transform(() => Infinity);
