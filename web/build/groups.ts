/** Of the web app, by the beginnings of paths below `src`. */
const own = (...paths: readonly string[]): string => `web/src/(${paths.join('|')})`;

/** Wanted before anything else: the way in and the device check. English and what only desks show come when they are wanted. */
const page = [
  '/(react|react-dom|scheduler|zod)/',
  own(
    'lib/(?!inOrder)',
    'i18n',
    String.raw`session/(?!guided|SignOutSheet|EndEntered|[aA]ccountNews|words/(\w+\.en|signOut|news))`,
    String.raw`ui/(?!useLongList|usePages|usePolled|useMedium|FormFoot|More|FilterChips|SearchField|ConfirmSheet|ComponentLanguage|DayField|MomentField|dayField|dayText|styles/desks|words/(dayField|lists|ui\.en|components))`,
    String.raw`app/(?!Contradictions|ProgrammeApp|WallApp|SetPassword|NextRoom|ChooseKept|chooseKept|Roles|roles|SignIn|signIn|room|BriefingRoom|OutOfBriefing|LeftBriefing|Moved|Refused|TurnRoom|WaitingRoom|waitingRoom|useConnection|Door|main|words/(app\.en|password|signIn|nextRoom|chooseKept|roles|waiting))`,
    'api/(?!channel)',
    'livekit/(mediaElements|Devices|loudspeaker)',
    'briefing/check',
    'shell/useInstallable',
  ),
];
/** Loads while the devices are checked. */
const room = [
  String.raw`livekit-client|socket\.io|engine\.io`,
  own(
    'livekit',
    'briefing/(?!SoundSheet|HelpSheet|helpSheet|DeviceChoices)[^/]+$',
    String.raw`slides/(useShownSlides|hidesContent|words/slides\.vi)`,
    'floor/(seat/(?!CallRefusal|MissedCall.tsx)|stage/(?![rR]oomPlate|[vV]iewerTools)|(?![iI]temTimer|[oO]wnTimer|StageTimer|useTimeLeft)[^/]+$)',
    'rollcall/(seat/(?!AskedRounds|RefusedAnswers|OwnAnswers|AbsenceSheet|AnswerNotes|AnswerSheet|OutcomeSheet|answering|answerSheet|outcomeSheet)|(?!RoundRecords)[^/]+$)',
    'pages/seat',
    'app/(room|BriefingRoom|OutOfBriefing|useConnection|Door)',
    'api/channel',
  ),
];
/** Few files: each one more costs a commune about half a kilobyte of headers. */
export const groups = [
  { name: 'page', priority: 2, test: new RegExp(page.join('|')) },
  { name: 'room', priority: 1, test: new RegExp(room.join('|')) },
];
