import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { build } from 'vite';
import { serve } from '../ui/api/index.ts';
import { workspacePaths } from '../models/workspace/index.ts';
import { BUSY, makeStar } from './screen-star.ts';
import { searchFigures } from './search.ts';

const PASSWORD = 'bench-administrator-1';

/** `npm run bench -- screen [--nodes 50000] [--edges 100000] [--frames 10] [--entities 1000000]`: what a person waits for. Headless Chromium with software GL: its frame rates
 *  say nothing about a machine with a graphics card; the ratio to a bare sigma page, drawn in the same run with the same graph, does. */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  const folder = mkdtempSync(join(tmpdir(), 'tributary-screen-'));
  const browser = await chromium.launch({
    executablePath: process.env['TRIBUTARY_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const size = { nodes: option('nodes', 50_000), edges: option('edges', 100_000), frames: option('frames', 10) };
    const canvas = await _canvasFigures(browser, join(folder, 'page'), size);
    const page = await _pageFigures(browser, join(folder, 'workspace'));
    const search = searchFigures(['--entities', String(option('entities', 1_000_000)), '--queries', '100']);
    const result = {
      bench: 'screen',
      ...size,
      ...page,
      ...canvas,
      searchP95Ms: search.searchP95Ms,
      searchCpuP95Ms: search.cpuP95Ms,
    };
    process.stdout.write(`${JSON.stringify({ ...result, load: _round(loadavg()[0]!) })}\n`);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our stage and bare sigma by turns, twice each; the better of each counts. */
async function _canvasFigures(
  browser: Browser,
  out: string,
  size: { readonly nodes: number; readonly edges: number; readonly frames: number },
): Promise<Record<string, number>> {
  await build({
    root: join(import.meta.dirname, 'screen-page'),
    base: './',
    logLevel: 'error',
    build: { outDir: out, emptyOutDir: true, target: 'es2023' },
  });
  const best: Record<string, { firstFrameMs: number; panFps: number }> = {};
  for (const way of ['ours', 'bare', 'bare', 'ours']) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
    const page = await context.newPage();
    await context.route('http://bench.local/**', (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(out, pathname === '/' ? 'index.html' : pathname) });
    });
    await page.goto(`http://bench.local/?way=${way}&nodes=${size.nodes}&edges=${size.edges}&frames=${size.frames}`);
    await page.waitForFunction('globalThis.figures !== undefined', null, { timeout: 600_000 });
    const found = await page.evaluate<{ firstFrameMs: number; panFps: number }>('globalThis.figures');
    const known = best[way];
    best[way] = {
      firstFrameMs: Math.min(found.firstFrameMs, known?.firstFrameMs ?? Infinity),
      panFps: Math.max(found.panFps, known?.panFps ?? 0),
    };
    await context.close();
  }
  const [ours, bare] = [best['ours']!, best['bare']!];
  return {
    firstFrameMs: Math.round(ours.firstFrameMs),
    bareFirstFrameMs: Math.round(bare.firstFrameMs),
    panFps: _round(ours.panFps),
    barePanFps: _round(bare.panFps),
    fpsRatioToBareSigma: _round(ours.panFps / bare.panFps),
  };
}

/** First paint and weight of the first page; then a search, an expansion of a node of 20,000 neighbours and a layout, watched for long blocks. */
async function _pageFigures(browser: Browser, workspace: string): Promise<Record<string, number>> {
  await makeStar(workspace);
  const server = await serve({ paths: workspacePaths(workspace), port: 0, firstPassword: PASSWORD });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await _signIn(context, server.url);
    const first = await _firstPage(context, server.url);
    return { ...first, ...(await _explore(context, server.url)) };
  } finally {
    await server.close();
  }
}

async function _signIn(context: BrowserContext, url: string): Promise<void> {
  const { csrfToken } = (await (await context.request.get(`${url}/api/session`)).json()) as { csrfToken: string };
  const data = { name: 'admin', password: PASSWORD };
  await context.request.post(`${url}/api/session`, { headers: { 'x-csrf-token': csrfToken }, data });
}

async function _firstPage(context: BrowserContext, url: string): Promise<Record<string, number>> {
  const page = await context.newPage();
  const weights: Promise<number>[] = [];
  page.on('response', (response) => {
    if (/\.(js|mjs|css)$|\/$/.test(new URL(response.url()).pathname))
      weights.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
  });
  const started = performance.now();
  await page.goto(url);
  await page.locator('main h1, main .ant-card').first().waitFor();
  const firstPaintMs = Math.round(performance.now() - started);
  const bytes = (await Promise.all(weights)).reduce((a, b) => a + b, 0);
  await page.close();
  return { firstPaintMs, initialGzipKb: Math.round(bytes / 1000) };
}

async function _explore(context: BrowserContext, url: string): Promise<Record<string, number>> {
  const page = await context.newPage();
  await page.addInitScript(
    `globalThis.blocks = []; new PerformanceObserver((l) => blocks.push(...l.getEntries().map((e) => e.duration))).observe({ type: 'longtask' });`,
  );
  await page.goto(`${url}/explore?entities=${encodeURIComponent(BUSY)}`);
  await _drawn(page, 1);
  await page.waitForTimeout(1500);
  await page.evaluate('void blocks.splice(0)');
  const id = JSON.stringify(BUSY);
  const at = await page.evaluate<{ x: number; y: number }>(`(() => {
    const { sigma } = document.querySelector('[data-testid=stage]').stage;
    const box = sigma.getContainer().getBoundingClientRect();
    const p = sigma.framedGraphToViewport(sigma.getNodeDisplayData(${id}));
    return { x: box.left + p.x, y: box.top + p.y };
  })()`);
  let expandSupernodeMs = NaN;
  for (let tries = 0; Number.isNaN(expandSupernodeMs); tries++) {
    const started = performance.now();
    await page.mouse.dblclick(at.x, at.y);
    // A busy machine may take two presses for two clicks: then it is pressed again.
    if (await _drawn(page, 51, tries < 3 ? 20_000 : 120_000))
      expandSupernodeMs = Math.round(performance.now() - started);
  }
  await page.locator('.explore-left .ant-input-search input').pressSequentially('企业19');
  await page.locator('button.hit').first().waitFor();
  await page.waitForTimeout(500);
  const longestBlockMs = Math.round(await page.evaluate<number>('Math.max(0, ...blocks)'));
  await page.close();
  return { expandSupernodeMs, longestBlockMs };
}

/** Waits until so many nodes are drawn. @returns whether they were; @throws after two minutes */
async function _drawn(page: Page, nodes: number, patienceMs = 120_000): Promise<boolean> {
  const test = `(document.querySelector('[data-testid=stage]')?.stage?.sigma.getGraph().order ?? 0) >= ${nodes}`;
  const until = performance.now() + patienceMs;
  while (!(await page.evaluate<boolean>(test))) {
    if (performance.now() > until) {
      if (patienceMs < 120_000) return false;
      throw new Error(`screen: ${nodes} nodes were not drawn in two minutes`);
    }
    await page.waitForTimeout(20);
  }
  return true;
}

const _round = (v: number): number => Math.round(v * 100) / 100;
