import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Puts script and style of the build into the HTML file, and a content security policy that lets
 * these run and nothing else: whatever a run may say, no other script starts, and nothing is loaded
 * or sent. Only a page that is served may listen to its own server.
 */
export function oneFile(name: string): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle: {
      // After what lists the licences of all that the script is made of.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const script = files.find((file) => file.type === 'chunk')?.code ?? '';
        const sheets = files.filter(({ fileName }) => fileName.endsWith('.css'));
        const style = sheets
          .map((file) => (file.type === 'asset' ? String(file.source) : ''))
          .join('');
        const html = files.find(({ fileName }) => fileName.endsWith('.html'));
        if (html?.type !== 'asset' || script === '' || style === '') {
          throw new Error('the build has no script, no style or no page');
        }
        for (const { fileName } of files) {
          if (/\.(js|css|html)$/.test(fileName)) delete bundle[fileName];
        }
        const source = inlined(String(html.source), safe(script.trim()), style.trim());
        this.emitFile({ type: 'asset', fileName: name, source });
      },
    },
  };
}

/** The end of a script element within a text of the script would end it. */
function safe(script: string): string {
  return script.replaceAll('</script', String.raw`<\/script`);
}

function inlined(html: string, script: string, style: string): string {
  const bare = html
    .replaceAll(/<script\b[^>]*><\/script>\s*/g, '')
    .replaceAll(/<link rel="stylesheet"[^>]*>\s*/g, '');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  return bare
    .replace('<title>', () => `${head}\n    <title>`)
    .replace('</head>', () => `<style>${style}</style>\n  </head>`)
    .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
