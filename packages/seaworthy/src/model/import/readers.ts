import { posix } from 'node:path';

import type { Source } from '../source/source.ts';
import { ModelError } from '../problem.ts';
import { alertsOf } from './alerts/read.ts';
import { certificatesOf } from './certificates/read.ts';
import type { Files } from './compose/files.ts';
import { isComposeName, neighboursOf } from './compose/files.ts';
import { readCompose } from './compose/read.ts';
import { isDotenv, readDotenv } from './dotenv/read.ts';
import { readEnvoy } from './envoy/read.ts';
import { isKustomizationName, readKustomization } from './kubernetes/kustomize/read.ts';
import { objectsOf } from './kubernetes/objects.ts';
import { readModelFile } from './model-file/read-model-file.ts';
import { readDockerfile } from './packages/dockerfile.ts';
import { readManifest } from './packages/manifest.ts';
import type { Parts } from './parts.ts';
import { readPgbouncer } from './pgbouncer/read.ts';
import { readPostgresConf } from './postgres/read.ts';
import { isSource, isTelling, readSourceCode } from './source/read.ts';
import { isTrace, readTraces } from './traces/read.ts';
import { readYaml } from './values/yaml.ts';

/** One kind of file: how to tell it, and what to make of it. */
interface Reader {
  /** As reports name it. */
  readonly as: string;
  readonly takes: (path: string, text: string) => boolean;
  readonly read: (source: Source, parts: Parts, files: Files) => void;
}

/** In this order: the first that takes a file reads it. */
const readers: readonly Reader[] = [
  {
    as: 'seaworthy.yaml',
    takes: (path, text) => isYaml(path) && /^"?seaworthy"?:/m.test(text),
    read: readModel,
  },
  {
    as: 'package.json',
    takes: (path) => posix.basename(path) === 'package.json',
    read(source, parts, files) {
      const folder = readManifest(source, files, parts.notUnderstood);
      if (folder !== undefined) parts.folders.packages.push(folder);
    },
  },
  {
    as: 'Dockerfile',
    takes: (path) => /(^|\/)(Dockerfile|Containerfile)$/.test(path),
    read: (source, parts) => void parts.folders.images.push(readDockerfile(source)),
  },
  {
    as: 'version of Node',
    takes: (path) => /(^|\/)\.(nvmrc|node-version)$/.test(path),
    read: readNodeVersion,
  },
  {
    as: 'dotenv',
    takes: (path) => isDotenv(path),
    read: (source, parts) => void parts.environmentFiles.push(readDotenv(source, parts.secrets)),
  },
  {
    as: 'PgBouncer',
    takes: (path, text) => path.endsWith('.ini') && /^\[pgbouncer\]/im.test(text),
    read(source, parts) {
      const pooler = readPgbouncer(source);
      if (pooler !== undefined) parts.poolers.push(pooler);
    },
  },
  {
    as: 'PostgreSQL',
    takes: (path) => path.endsWith('.conf'),
    read: (source, parts) =>
      void parts.postgres.push({ source, settings: readPostgresConf(source) }),
  },
  {
    as: 'certificate',
    takes: (path, text) => /\.(pem|crt|cer)$/i.test(path) && text.includes('BEGIN CERTIFICATE'),
    read: (source, parts) =>
      void parts.certificates.push(...certificatesOf(source, parts.notUnderstood)),
  },
  {
    as: 'kustomization',
    takes: (path) => isKustomizationName(path),
    read(source, parts, files) {
      const kustomization = readKustomization(source, files, parts.notUnderstood);
      if (kustomization !== undefined) parts.kustomizations.push(kustomization);
    },
  },
  {
    as: 'Kubernetes',
    takes: (path, text) => isYaml(path) && isKubernetes(text),
    read: readKubernetes,
  },
  {
    as: 'compose',
    takes: (path, text) => isYaml(path) && (isComposeName(path) || isCompose(text)),
    read: (source, parts, files) =>
      readCompose(source, parts, neighboursOf(source.fileName, files, parts)),
  },
  {
    as: 'Envoy',
    takes: (_, text) => /^"?static_resources"?:|^\s*"static_resources":/m.test(text),
    read: (source, parts) =>
      void parts.proxied.push(...readYaml(source, parts.notUnderstood).flatMap(readEnvoy)),
  },
  {
    as: 'Prometheus rules',
    takes: (path, text) => isYaml(path) && /^groups:/m.test(text) && /^\s+-?\s*alert:/m.test(text),
    read: (source, parts) =>
      void parts.alerts.push(...readYaml(source, parts.notUnderstood).flatMap(alertsOf)),
  },
];

const ofTraces: Reader = {
  as: 'traces',
  takes: (path, text) => /\.(json|jsonl|ndjson)$/i.test(path) && isTrace(text.slice(0, 4000)),
  read({ fileName, text }, parts) {
    const measured = readTraces(text, fileName, parts.notUnderstood);
    if (measured !== undefined) parts.traces.push(measured);
  },
};

const ofSources: Reader = {
  as: 'source code',
  takes: isSource,
  read(source, parts) {
    const facts = readSourceCode(source);
    if (facts !== undefined) parts.sources.push(facts);
    else if (isTelling(source)) {
      const why = 'too long, or not the code that its name says';
      parts.notUnderstood.push({ file: source.fileName, line: 1, column: 1, why });
    }
  },
};

/** Has the first reader that takes it read a file. Files that none takes are no concern. */
export function readSource(source: Source, parts: Parts, files: Files): void {
  const { fileName, text } = source;
  const reader = [ofTraces, ofSources, ...readers].find((it) => it.takes(fileName, text));
  if (reader === undefined) return;
  const before = parts.notUnderstood.length;
  reader.read(source, parts, files);
  const remarks = parts.notUnderstood.slice(before);
  if (remarks.some(({ file }) => file === fileName)) return;
  parts.read.push({ file: fileName, as: reader.as });
}

/** Whether it looks like a file that says what is deployed, by its name and beginning. */
export function isDeployed(path: string, start: string): boolean {
  return [ofTraces, ...readers].some((it) => it.takes(path, start));
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

function isKubernetes(text: string): boolean {
  return /^apiVersion:/m.test(text) && /^kind:/m.test(text);
}

/** A compose file of another name: services that have an image or are built. */
function isCompose(text: string): boolean {
  return /^services:\s*$/m.test(text) && /^\s+(image|build):/m.test(text);
}

/** A template of Helm has expressions where YAML has values. */
function readKubernetes(source: Source, parts: Parts): void {
  if (/^\s*\{\{/m.test(source.text)) {
    const why = 'a template of Helm: give check what `helm template` prints';
    parts.notUnderstood.push({ file: source.fileName, line: 1, column: 1, why });
    return;
  }
  const documents = readYaml(source, parts.notUnderstood);
  parts.kubernetes.push(...documents.flatMap(objectsOf));
}

function readModel(source: Source, parts: Parts): void {
  try {
    const { model, edges } = readModelFile(source.text, source.fileName, parts.environment);
    parts.models.push(model);
    parts.modelEdges.push(...edges);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    for (const { line, column, message } of error.problems) {
      const file = source.fileName;
      parts.notUnderstood.push({ file, line, column, why: message, isBroken: true });
    }
  }
}

function readNodeVersion(source: Source, parts: Parts): void {
  const value = source.text.trim().replace(/^v/, '');
  const origin = { kind: 'file' as const, file: source.fileName, line: 1, column: 1 };
  parts.folders.nodeVersions.set(posix.dirname(source.fileName), { value, origin });
}
