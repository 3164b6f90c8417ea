import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { componentVietnamese } from './build/componentWords.ts';
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

/** Of the web app, by the beginnings of paths below `src`. */
const own = (...paths: readonly string[]): string => `web/src/(${paths.join('|')})`;

/** Wanted before anything else: the way in and the device check. English and what only desks show come when they are wanted. */
const page = [
  '/(react|react-dom|scheduler|zod)/',
  own(
    'lib',
    'i18n',
    String.raw`session/(?!SignOutSheet|words/(\w+\.en|signOut))`,
    String.raw`ui/(?!useLongList|More|FilterChips|SearchField|ConfirmSheet|ComponentLanguage|styles/desks|words/(lists|ui\.en|components))`,
    String.raw`app/(?!ProgrammeApp|WallApp|SetPassword|SignIn|signIn|room|BriefingRoom|OutOfBriefing|WaitingRoom|waitingRoom|useConnection|Door|main|words/app\.en)`,
    'api/(?!channel)',
    'livekit/(mediaElements|Devices)',
    'briefing/check',
    'shell/useInstallable',
  ),
];
/** Loads while the devices are checked. */
const room = [
  String.raw`livekit-client|socket\.io|engine\.io`,
  own(
    'livekit',
    'briefing/(?!SoundSheet)[^/]+$',
    String.raw`slides/(useShownSlides|hidesContent|words/slides\.vi)`,
    'floor/(seat/(?!CallRefusal)|stage/(?![rR]oomPlate)|[^/]+$)',
    'rollcall/(seat/(?!AskedRounds|OwnAnswers)|(?!RoundRecords)[^/]+$)',
    'pages/seat',
    'app/(room|BriefingRoom|OutOfBriefing|useConnection|Door)',
    'api/channel',
  ),
];
/** Few files: each one more costs a commune about half a kilobyte of headers. */
const groups = [
  { name: 'page', priority: 2, test: new RegExp(page.join('|')) },
  { name: 'room', priority: 1, test: new RegExp(room.join('|')) },
];

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
