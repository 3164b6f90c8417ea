import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
});
test.afterAll(() => server?.stop());

for (const [language, sign] of [
  ['vi', 'Bản demo'],
  ['en', 'Demo'],
] as const)
  test(`DE4 every page of a demo says so, in ${language}: signing in, checking, seat, desk`, async ({ browser }) => {
    const people = await Promise.all(['', '', ''].map(() => Person.sit(browser, { language })));
    const [stranger, commune, pm] = people;
    if (!stranger || !commune || !pm) throw new Error('nobody came');
    const says = async (person: Person) => {
      const found = person.page.getByText(sign, { exact: true });
      await expect(found).toBeVisible();
      await expect(found).toBeInViewport({ ratio: 1 });
      // In the margin of the page, over no letter.
      expect((await found.boundingBox())?.width).toBeLessThanOrEqual(12);
    };
    await stranger.open(server.url);
    await says(stranger);
    await commune.open(server.communes[language === 'vi' ? 0 : 1] ?? '');
    await says(commune);
    await commune.button(/Vào phòng họp|Enter the briefing/).click();
    await expect(commune.page.locator('.stage')).toBeVisible();
    await says(commune);
    if (language === 'vi') {
      await pm.enter(server.link('Prime Minister'));
      await says(pm);
    }
    for (const person of people) await person.leave();
  });
