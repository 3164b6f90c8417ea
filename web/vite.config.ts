import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { componentVietnamese } from './build/componentWords.ts';
import { groups } from './build/groups.ts';
import { pdfDecoders } from './build/pdfDecoders.ts';
import { precompress } from './build/precompress.ts';
import { shell } from './build/shell.ts';
import { smallFonts } from './build/smallFonts.ts';
import { withoutJsonSchema } from './build/withoutJsonSchema.ts';
import { withoutOldBrowsers } from './build/withoutOldBrowsers.ts';
import { withoutPolling } from './build/withoutPolling.ts';
import { withoutUnusedMedia } from './build/withoutUnusedMedia.ts';
import { withoutZodCompiler } from './build/withoutZodCompiler.ts';
import { withoutZodWords } from './build/withoutZodWords.ts';

/** What desks are made of is not named in what communes load: some hundred names are a kilobyte that does not pack. */
const withoutDesks = (file: string, needed: string[]): string[] =>
  /(Principal|Moderator|Office)Page/.test(file) ? needed.filter((name) => name.endsWith('.css')) : needed;

const server = process.env.API_URL ?? 'http://127.0.0.1:8080';

export default defineConfig(async ({ command }) => ({
  plugins: [
    ...[
      react(),
      componentVietnamese(),
      withoutOldBrowsers(),
      withoutUnusedMedia(),
      withoutJsonSchema(),
      withoutZodWords(),
    ],
    ...[withoutZodCompiler(), withoutPolling(), pdfDecoders(), precompress(), shell()],
  ],
  resolve: command === 'build' ? { alias: { '@fontsource/be-vietnam-pro/files': await smallFonts() } } : {},
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: withoutDesks },
    // The library that reads PDF is the largest by far, and nobody loads it but who adds one.
    chunkSizeWarningLimit: 1700,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
}));
