// Renders pages, a few at a time.
import { serve, takes } from './service.mjs';

serve(async (path) => {
  await takes(250, 500);
  return `<h1>${path}</h1>\n`;
});
