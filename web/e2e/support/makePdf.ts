import type { Browser } from '@playwright/test';

/** A PDF as an office program writes it: its fonts are in it, its text is text. */
export async function makePdf(browser: Browser, pages: readonly string[]): Promise<Buffer> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sheet = (html: string) =>
    `<section style="height:100vh;box-sizing:border-box;padding:60px;break-after:page;font:28px sans-serif">${html}</section>`;
  await page.setContent(`<body style="margin:0">${pages.map(sheet).join('')}</body>`);
  const pdf = await page.pdf({ width: '1280px', height: '720px', printBackground: true });
  await context.close();
  return pdf;
}
