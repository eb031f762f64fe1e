// The front door of readers: who they are, from Redis, and a page, from memory or rendered.
import { createClient } from 'redis';
import { callOf, serve } from './service.mjs';

const redis = createClient({ url: process.env['SESSIONS_URL'] ?? 'redis://127.0.0.1' });
redis.on('error', (error) => console.warn(`sessions: ${error}`));
await redis.connect();

const sessions = callOf('web -> sessions', { fallback: [() => 'a guest'] });
const catalog = callOf('web -> catalog');

/** @param {string} path */
function page(path) {
  const render = async (/** @type {{ signal: AbortSignal }} */ { signal }) => {
    const response = await fetch(new URL(path, process.env['CATALOG_URL']), { signal });
    if (!response.ok) throw new Error(`catalog: status ${response.status}`);
    return response.text();
  };
  return catalog(render, { key: path });
}

serve(async (path) => {
  const reader = (await sessions(() => redis.get('session:7'))) ?? 'somebody';
  return `${await page(path)}<p>Hello, ${reader}</p>\n`;
});
