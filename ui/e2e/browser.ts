import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { PASSWORD } from './served.ts';

/** How a page is opened. */
export interface PageOptions {
  readonly language?: 'zh' | 'en';
  readonly dark?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** Signed in as the administrator; default yes. */
  readonly signedIn?: boolean;
  /** A context to share storage with, e.g. a second tab. */
  readonly context?: BrowserContext;
}

const PICTURES = join(import.meta.dirname, '../../dist/e2e');

/** Starts the system's Chromium with software WebGL. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['TRIBUTARY_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

/** Opens an address of the served page. Faults of the page are collected in `faults`. */
export async function openPage(
  browser: Browser,
  path: string,
  options: PageOptions = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const { language = 'zh', dark = false, size = { width: 1280, height: 800 } } = options;
  const context = options.context ?? (await browser.newContext({ viewport: size, acceptDownloads: true }));
  if (options.context === undefined) {
    const kept = { 'tributary.language': language, 'tributary.dark': dark ? '1' : '0' };
    const content = `for (const [key, value] of Object.entries(${JSON.stringify(kept)})) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);`;
    await context.addInitScript({ content });
    if (options.signedIn ?? true) await _signIn(context);
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(`${inject('url')}${path}`);
  return { page, context, faults };
}

async function _signIn(context: BrowserContext): Promise<void> {
  const url = inject('url');
  const known = await context.request.get(`${url}/api/session`);
  const { csrfToken } = (await known.json()) as { csrfToken: string };
  const answer = await context.request.post(`${url}/api/session`, {
    headers: { 'x-csrf-token': csrfToken },
    data: { name: 'admin', password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`e2e: signing in was refused: ${answer.status()} ${await answer.text()}`);
}

/** Keeps a picture under dist/e2e. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Rules that axe finds broken seriously or critically, as `rule: target`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: () => Promise<AxeResult> } }).axe;
    const { violations } = await axe.run();
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`));
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
