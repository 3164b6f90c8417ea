import type { Api } from '../api/Api.ts';
import WallPage from '../pages/wall/WallPage.tsx';
import { ProgrammeApp } from './ProgrammeApp.tsx';

/** `/wall`: a screen as any other, paired by the code that it shows, whose page has the figures beside the stage. */
export const WallApp = ({ api }: { api: Api }) => <ProgrammeApp api={api} page={WallPage} />;
