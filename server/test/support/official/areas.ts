import { keepAttendance } from './attendance.ts';
import { stepClock } from './clock.ts';
import { followDirectives } from './directives.ts';
import { sendFigures } from './figure.ts';
import { archiveFigures } from './figureArchive.ts';
import { chooseByFigure } from './figureSelection.ts';
import { stageFigures } from './figureStage.ts';
import { actOnFloor } from './floor.ts';
import { inviteUnits } from './invitation.ts';
import type { OfficialWorld } from './OfficialWorld.ts';
import { actOnPeople } from './people.ts';
import { produce } from './programme.ts';
import { askQuestions } from './question.ts';
import { restoreOnce } from './restore.ts';
import { sendAgain } from './resubmission.ts';
import { callRolls } from './rollcall.ts';
import { showSlides } from './slides.ts';

/** One function per area, each of which leaves, by real acts, at least one row in every official table of its own. */
export const areas: readonly ((world: OfficialWorld) => Promise<void>)[] = [
  restoreOnce,
  actOnPeople,
  actOnFloor,
  produce,
  callRolls,
  keepAttendance,
  stepClock,
  inviteUnits,
  followDirectives,
  sendFigures,
  archiveFigures,
  // The last on its chain: a row of it that says it stands under the next seal is missed there, and not taken for another's.
  sendAgain,
  showSlides,
  askQuestions,
  chooseByFigure,
  stageFigures,
];
