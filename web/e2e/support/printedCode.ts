import type { Page } from '@playwright/test';
import { pdfTexts } from '../../../server/test/support/pdfTexts.ts';

/** A new link of a commune's seat, issued by the page of an office. */
export async function freshLink(office: Page, unit: string): Promise<string> {
  const { accounts } = await ask(office, `/api/accounts?unit=${unit}`);
  const [seat] = accounts as { id: string }[];
  return String((await ask(office, `/api/accounts/${seat?.id}/links`, {})).url);
}

/** Has the slip of a commune printed by the page of an office. @returns unit and code as they stand on paper */
export async function printedCode(office: Page, territory: string): Promise<{ unit: string; code: string }> {
  const { briefings } = await ask(office, '/api/briefings');
  const [briefing] = (briefings as { id: string; state: string }[]).filter(({ state }) => state !== 'closed');
  let told = await ask(office, `/api/briefings/${briefing?.id}/invitations`, { territory });
  while (told.state === 'making') told = await ask(office, `/api/invitations/${told.id}`);
  const bytes = await office.evaluate(async (path) => {
    const headers = { 'x-dh-session': sessionStorage.getItem('dh.session') ?? '' };
    return [...new Uint8Array(await (await fetch(path, { headers })).arrayBuffer())];
  }, `/api/invitations/${told.id}/file`);
  const [text = ''] = (await pdfTexts(Buffer.from(bytes), 1)).texts;
  const [, unit = '', code = ''] = /Mã đơn vị ?(\d+) ?Mã vào họp ?([2-9A-Z]{4}-[2-9A-Z]{4})/.exec(text) ?? [];
  return { unit, code };
}

type Answer = Record<string, unknown>;

const ask = (page: Page, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ({ path, body }) => {
      const headers = {
        'x-dh-session': sessionStorage.getItem('dh.session') ?? '',
        ...(body && { 'content-type': 'application/json' }),
      };
      const sent = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
      return (await (await fetch(path, sent)).json()) as Answer;
    },
    { path, body },
  );
