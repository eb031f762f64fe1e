import { posix } from 'node:path';

import type { Container, ImageBuild, Runtime, Setting, Workload } from '../landscape.ts';
import type { PackageFolder } from '../packages/manifest.ts';
import { parseVersion } from '../packages/version.ts';
import { defaulted } from '../values/settings.ts';
import { kubernetesDefaults } from '../kubernetes/defaults.ts';

/** What the folders of source code say. */
export interface Folders {
  readonly packages: readonly PackageFolder[];
  readonly images: readonly ImageBuild[];
  /** `.nvmrc` and `.node-version` by folder. */
  readonly nodeVersions: ReadonlyMap<string, Setting<string>>;
}

/**
 * The workloads with what they run on; and a workload of its own for each package that has a start
 * script and that no file deploys.
 */
export function withRuntimes(workloads: readonly Workload[], folders: Folders): Workload[] {
  const known = [...new Set([...folders.packages, ...folders.images].map((it) => it.folder))];
  const used = new Set<string>();
  const deployed = workloads.map((workload) => {
    const containers = workload.containers.map((container) => {
      const folder = folderOf(workload, container, known);
      if (folder !== undefined) used.add(folder);
      return { ...container, runtime: runtimeOf(container, folder, folders) };
    });
    return { ...workload, containers };
  });
  const left = folders.packages.filter((it) => it.start !== undefined && !used.has(it.folder));
  return [...deployed, ...left.map((it) => packageWorkload(it, folders))];
}

/** Where a container is built from: what compose says, or the folder that its image is named by. */
function folderOf(
  workload: Workload,
  container: Container,
  folders: readonly string[],
): string | undefined {
  if (container.build !== undefined) {
    const built = posix.normalize(container.build.value);
    return folders.find((it) => it === built);
  }
  const image =
    container.image?.value
      .replace(/[@:][^/]*$/, '')
      .split('/')
      .at(-1) ?? '';
  const names = new Set([workload.serves, workload.name, image]);
  const named = folders.find((it) => names.has(posix.basename(it)));
  if (named !== undefined) return named;
  return folders.find((it) => it !== '.' && `-${image}-`.includes(`-${posix.basename(it)}-`));
}

function runtimeOf(
  container: Container,
  folder: string | undefined,
  folders: Folders,
): Runtime | undefined {
  const manifest = folders.packages.find((it) => it.folder === folder);
  const image = folders.images.find((it) => it.folder === folder);
  const nodeVersion =
    fromImage(image?.base) ??
    fromImage(container.image) ??
    (folder === undefined ? undefined : folders.nodeVersions.get(folder)) ??
    fromEngines(manifest?.engines);
  if (folder === undefined && nodeVersion === undefined) return undefined;
  const isPage =
    pageImage.test(image?.base?.value ?? '') ||
    pageServer.has(manifest?.start?.value.split(' ')[0] ?? '');
  return {
    folder: folder ?? '',
    nodeVersion,
    packages: isPage ? [] : (manifest?.packages ?? []),
    start: manifest?.start,
    image,
  };
}

/** What serves the files of a page: the packages that it was built from run in browsers. */
const pageImage =
  /(^|\/)(nginx|nginx-unprivileged|httpd|caddy|haproxy|traefik|static-web-server)([:@-]|$)/;
/** The same while the page is developed, by the first word of its start script. */
const pageServer = new Set([
  'craco',
  'gatsby',
  'ng',
  'parcel',
  'react-app-rewired',
  'react-scripts',
  'vite',
  'vue-cli-service',
  'webpack-dev-server',
]);

/** `node:22.3-alpine` */
function fromImage(image: Setting<string> | undefined): Setting<string> | undefined {
  const version = /(?:^|\/)node:v?(\d+(?:\.\d+){0,2})/.exec(image?.value ?? '')?.[1];
  return version === undefined ? undefined : { value: version, origin: image!.origin };
}

/** A range allows many: the lowest is the one that must work. */
function fromEngines(engines: Setting<string> | undefined): Setting<string> | undefined {
  if (engines === undefined) return undefined;
  if (parseVersion(engines.value) !== undefined) return engines;
  const lowest = /\d+(?:\.\d+){0,2}/.exec(engines.value)?.[0];
  const why = `the lowest of "engines": "${engines.value}"`;
  return lowest === undefined ? undefined : { value: lowest, origin: { kind: 'guess', why } };
}

function packageWorkload(manifest: PackageFolder, folders: Folders): Workload {
  const name = manifest.name?.split('/').at(-1) ?? posix.basename(manifest.folder);
  const none = undefined;
  const container: Container = {
    name,
    at: manifest.at,
    image: none,
    build: none,
    command: none,
    args: none,
    environment: [],
    resources: {
      cpuRequestCores: none,
      cpuLimitCores: none,
      memoryRequestBytes: none,
      memoryLimitBytes: none,
    },
    readiness: none,
    liveness: none,
    startup: none,
    healthCheck: none,
    preStop: none,
    ports: [],
    logging: none,
    init: none,
    openFilesMax: none,
    runtime: none,
  };
  const undeployed = 'no file deploys this package';
  return {
    name,
    serves: name,
    kind: 'package',
    platform: 'none',
    namespace: none,
    at: manifest.at,
    labels: {},
    annotations: {},
    replicas: { value: 1, origin: { kind: 'guess', why: undeployed } },
    containers: [{ ...container, runtime: runtimeOf(container, manifest.folder, folders) }],
    initContainers: [],
    graceMs: defaulted(
      kubernetesDefaults.graceMs.value,
      'Kubernetes',
      'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    ),
    autoscaler: none,
    disruptionBudget: none,
    spread: none,
    rollout: none,
    revisionsKept: none,
    dependsOn: [],
    restart: none,
    dnsNdots: none,
    schedule: none,
  };
}
