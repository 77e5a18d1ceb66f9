import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepPicture, openPage, startBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

it('the page opens, and says so in the language chosen', async () => {
  const { page, context, faults } = await openPage(browser, '/');
  await page.getByRole('main').first().waitFor();
  expect(await page.title()).toContain('百川');
  await keepPicture(page, 'page-zh');
  await context.close();
  expect(faults).toEqual([]);
});

it('an address that is nowhere says so and leads home', async () => {
  const { page, context } = await openPage(browser, '/nowhere', { language: 'en' });
  await page.getByText('No such page').waitFor();
  await page.getByRole('link', { name: 'Home' }).click();
  await page.waitForURL(/\/$/);
  await context.close();
});
