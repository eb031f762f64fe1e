import { defineConfig } from 'vite';

/**
 * What is published: few files instead of a thousand modules, which take longer to load than most
 * verbs take to answer. All of it is in one folder, so that a file finds by its URL what lies
 * beside it, as it does among the compiled modules: the entries of threads and processes have the
 * names of their sources.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: 'warn',
  // Without the condition `node`, of which only yaml has a build of its own: CommonJS, which looks
  // into the environment at each word of a file, for whether to print it.
  ssr: { noExternal: true, resolve: { conditions: ['module'] } },
  build: {
    ssr: true,
    outDir: 'dist/bundle',
    target: 'node20',
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: {
        main: 'src/cli/main.ts',
        'replication-worker': 'src/simulate/replicate/replication-worker.ts',
        'probe-worker': 'src/judge/limits/probe-worker.ts',
        'load-worker': 'src/rehearse/load/threads/load-worker.ts',
        watcher: 'src/rehearse/stage/watcher.ts',
        policy: 'src/library/policy.ts',
      },
      // The library has to be the one that the application and its adapters import; the engine of
      // it, which the simulator drives, is part of the bundle.
      external: '@seaworthy/policy',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', comments: false },
    },
  },
});
