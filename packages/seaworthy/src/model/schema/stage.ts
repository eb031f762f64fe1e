import { z } from 'zod';
import { key, map, shortFor, valueNotes, wrong } from './notes.ts';
import { positiveDuration } from './quantities.ts';
import { count, list, text } from './values.ts';

const portMax = 65_535;

/** Longer ones do not fit into the memory of a small system when thousands are under way. */
const longestBody = 1_000_000;

const variables = z.record(
  z.string().regex(/^[A-Za-z_]\w*$/, { error: wrong('not a variable', 'a name such as API_URL') }),
  z.string({ error: wrong('not a text', 'put it in quotes') }).register(valueNotes, {
    what: 'a text',
    range: '{payments} is where that service is reached; {port} is its own port',
    example: 'http://{payments}',
  }),
  { error: wrong('not variables', 'write a map: { API_URL: "http://{payments}" }') },
);

const ready = map('a readiness', {
  path: key(
    urlPath('/health').optional(),
    'answers GET with a status below 400',
    'its port takes connections',
  ),
  output: key(text('a text', 'listening').optional(), 'what it prints when it is ready', 'any'),
  within: key(positiveDuration().prefault('30s'), 'it fails to start when that takes longer'),
});

const words = list('words', text('a word', 'node'), 1000).min(1, {
  error: wrong('no command', 'such as [node, web.js]'),
});

const process = map('a process', {
  command: key(
    z.union([text('a command', 'node web.js'), words], {
      error: wrong('not a command', 'write node web.js, or a list: [node, web.js]'),
    }),
    'what starts one replica; a text is run by a shell, a list without one',
  ),
  cwd: key(text('a folder', 'services/web').prefault('.'), 'beside the file, where it is started'),
  env: key(
    variables.prefault({}),
    'added to the environment; PORT is added too, with the port to listen on',
  ),
  port: key(count(1, portMax, 3000).optional(), 'where it listens', 'a free one is picked'),
  ready: key(ready.prefault({}), 'when requests may be sent to it'),
});

const processDefaults = process.omit({ command: true }).parse({});

/** How `rehearse` starts a service. */
export const processOrCommand = z
  .union(
    [
      text('a command', 'node web.js').transform((command) => ({ ...processDefaults, command })),
      process,
    ],
    {
      error: wrong('not a process', 'write a command, or { command: node web.js }'),
    },
  )
  .register(shortFor, { key: 'command' });

/** Where `rehearse` finds a service that runs already. */
export const address = text('an address', 'http://127.0.0.1:3000')
  .regex(/^(https?:\/\/)?(\[[\da-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?\/?$/, {
    error: wrong('not an address', 'write a scheme, a host and a port: http://127.0.0.1:3000'),
  })
  .register(valueNotes, {
    what: 'an address',
    range: 'http://, https:// or neither (bytes), a host, a port',
    example: 'http://127.0.0.1:3000',
  });

/** A path of a URL, with its query. */
export function urlPath(example: string) {
  return text('a path', example).regex(/^\/[!-~]*$/, {
    error: wrong('not a path', `begin with a slash, and percent-encode: ${example}`),
  });
}

const headers = z.record(
  z.string().regex(/^[!#$%&'*+.^\w`|~-]+$/, {
    error: wrong('not the name of a header', 'such as content-type'),
  }),
  text('a header', 'application/json'),
  { error: wrong('not headers', 'write a map: { content-type: application/json }') },
);

const request = map('a request', {
  path: key(urlPath('/cart').prefault('/'), 'what is asked for, with its query'),
  method: key(
    z
      .string({ error: wrong('not a method', 'write a word such as POST') })
      .regex(/^[A-Z][A-Z-]*$/, { error: wrong('not a method', 'in capitals, such as POST') })
      .register(valueNotes, { what: 'a method of HTTP', example: 'POST' })
      .prefault('GET'),
    'how it is asked',
  ),
  headers: key(headers.prefault({}), 'sent with it'),
  body: key(
    z
      .string({ error: wrong('not a text', 'put it in quotes') })
      .max(longestBody, { error: wrong('the body is too long', 'at most 1 MB') })
      .register(valueNotes, { what: 'a text', example: '{"sku":7}' })
      .optional(),
    'sent with it',
    'none',
  ),
  weight: key(count(1, 1_000_000, 3).prefault(1), 'how often, beside the others'),
});

/** What a source sends in a rehearsal. */
export const requests = list('requests', request, 1000).min(1, {
  error: wrong('no requests', 'such as [{ path: /cart }]'),
});

export type RequestEntry = z.output<typeof request>;
