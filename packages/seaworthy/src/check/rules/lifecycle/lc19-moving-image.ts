import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { containersOf } from '../../workloads/workload.ts';

/** Tags that are given to another image with every release. */
const movingTags = /^(latest|stable|main|master|develop|dev|edge|nightly|next|canary|current|lts)$/;

export const lc19: Rule = {
  id: 'LC19',
  name: 'an image that is another one tomorrow',
  severity: 'high',
  formula: 'an image without tag and digest, or with a tag that moves (latest, stable, main, ...)',
  why:
    'what runs is what was newest when the node pulled it: replicas differ, a rollback brings nothing ' +
    'back, and no rehearsal was of this version',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'https://docs.kubelinter.io/#/generated/checks',
  ],
  remedy: 'Name a version, and best its digest as well: `image: shop/web:1.4.2@sha256:...`.',
  needs: ['the image of a container'],
  *decide({ workloads }) {
    for (const { container, name } of containersOf(workloads)) {
      const { image, build } = container;
      if (image === undefined || build !== undefined || image.value.includes('@')) continue;
      // An unexpanded variable is no tag that anybody could judge.
      if (image.value.includes('$')) continue;
      const tag = tagOf(image.value);
      if (tag !== undefined && !movingTags.test(tag)) continue;
      yield finding(name, {
        what:
          tag === undefined
            ? `its image ${image.value} has no tag, which means latest`
            : `the tag ${tag} of its image is given to each new version`,
        numbers: [text('image', image)],
        passes: 'the tag of one version, or a digest',
        at: placeOf(image.origin, container.at),
      });
    }
  },
};

/** A colon before the last slash is of a port. */
function tagOf(image: string): string | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
}
