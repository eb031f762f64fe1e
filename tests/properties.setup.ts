import * as fc from 'fast-check';

/**
 * Where property tests start: from one seed in `npm test`, which judges a change and must say the
 * same twice; from another each time in `npm run hunt`.
 */
const asked = process.env['PROPERTY_SEED'];
if (asked !== 'any') fc.configureGlobal({ seed: asked === undefined ? 1 : Number(asked) });
