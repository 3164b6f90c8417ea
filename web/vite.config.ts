import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';
import { smallFonts } from './build/smallFonts.ts';
import { withoutOldBrowsers } from './build/withoutOldBrowsers.ts';

/** Few files: each one more costs a commune about half a kilobyte of headers. The room loads while the devices are checked.
 * English is in none of them: each slice's comes when it is wanted. */
const groups = [
  {
    name: 'page',
    priority: 2,
    test: /\/(react|react-dom|scheduler|zod)\/|web\/src\/(lib|i18n|session\/(?!words\/\w+\.en)|ui\/(?!useLongList|More|FilterChips|SearchField|ConfirmSheet|styles\/desks|words\/(lists|ui\.en))|app\/(?!BriefingRoom|Door|main|words\/app\.en)|api\/(?!channel)|livekit\/(media|Devices)|briefing\/check)/,
  },
  {
    name: 'room',
    priority: 1,
    test: /livekit-client|socket\.io|engine\.io|web\/src\/(livekit|briefing\/[^/]+$|floor\/(seat|stage|[^/]+$)|rollcall\/(seat|[^/]+$)|pages\/seat|app\/(BriefingRoom|Door)|api\/channel)/,
  },
];

const server = process.env.API_URL ?? 'http://127.0.0.1:8080';

export default defineConfig(async ({ command }) => ({
  plugins: [react(), withoutOldBrowsers(), precompress()],
  resolve: command === 'build' ? { alias: { '@fontsource/be-vietnam-pro/files': await smallFonts() } } : {},
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
}));
