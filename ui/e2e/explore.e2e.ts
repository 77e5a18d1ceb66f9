import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { keepPicture, openPage, seriousFaults, startBrowser } from './browser.ts';
import { ExplorePage } from './explore-page.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];
let explore: ExplorePage;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ page, context, faults } = await openPage(browser, '/explore'));
  await page.getByTestId('stage').waitFor();
  explore = new ExplorePage(page);
});
afterEach(async () => {
  await context.close();
  expect(faults.filter((f) => !/40[349] \(/.test(f))).toEqual([]);
});

/** Asks the API as the page does. */
async function api<T>(path: string): Promise<T> {
  return (await (await context.request.get(`${inject('url')}${path}`, { maxRetries: 2 })).json()) as T;
}

describe('search and growing', () => {
  it('d1 pinyin, a wrong character and a part of a name lead to the firm', async () => {
    for (const text of ['xudianchi', '蓄电他有限公司', '蓄电池']) {
      await page.locator('.explore-left .ant-input-search input').fill(text);
      await explore.until(async () =>
        (await page.locator('.hit-name').allTextContents()).some((n) => n.includes('蓄电池')),
      );
    }
    await keepPicture(page, 'explore-search');
  });

  it('c1 counts by kind and direction before loading; choosing one brings only that', async () => {
    await explore.add('连雨蓄电池');
    const [firm] = await explore.ids();
    const { counts } = await api<{ counts: { linkKind: string; nodeKind: string; neighbours: number }[] }>(
      `/api/graph/${encodeURIComponent(firm!)}/neighbours`,
    );
    await explore.menu(firm!);
    await page.locator('.node-menu-counts .menu-count').first().waitFor();
    const shown = await page.locator('.node-menu-counts .menu-count').allTextContents();
    expect(shown.map(Number)).toEqual(counts.map((c) => c.neighbours));
    await keepPicture(page, 'explore-menu');
    const chosen = counts.findIndex((c) => c.nodeKind === 'inspection');
    await page
      .locator('.node-menu-counts .menu-item')
      .nth(chosen + 1)
      .click();
    await explore.until(async () => (await explore.count()) === 1 + counts[chosen]!.neighbours);
    expect((await explore.ids()).filter((id) => !id.startsWith('inspection:'))).toEqual([firm]);
  });

  it('c2 c3 a busy node brings one ranked page, says what is not shown, and its badge is the rest', async () => {
    await explore.add('连雨蓄电池');
    const [firm] = await explore.ids();
    const { total } = await api<{ total: number }>(`/api/graph/${encodeURIComponent(firm!)}/expand?limit=1`);
    expect(total).toBeGreaterThan(50);
    await explore.open(firm!);
    expect(await explore.count()).toBe(51);
    await page
      .getByText(`还有 ${total - 50} 个未显示`)
      .first()
      .waitFor();
    await explore.until(async () => (await explore.badge(firm!)) === total - 50);
    await keepPicture(page, 'explore-expanded');
  });

  it('c4 collapse one node: what another brought stays', async () => {
    await explore.add('连雨蓄电池');
    const [firm] = await explore.ids();
    await explore.open(firm!);
    await page.keyboard.press('f');
    const site = (await explore.ids()).find((id) => id.startsWith('site:'))!;
    await explore.open(site);
    const { nodes } = await api<{ nodes: { id: string }[] }>(`/api/graph/${encodeURIComponent(site)}/expand?limit=50`);
    await explore.menu(firm!);
    await explore.choose('收起它展开的内容');
    await explore.until(async () => !(await explore.ids()).some((id) => id.startsWith('manifest:')));
    expect(await explore.ids()).toEqual(expect.arrayContaining(nodes.map((n) => n.id)));
  });
});

describe('paths and patterns', () => {
  it('c5 c6 paths between two, chosen before they are brought in', async () => {
    await explore.add('连雨蓄电池');
    const [firm] = await explore.ids();
    await explore.open(firm!);
    const manifest = (await explore.ids()).find((id) => id.startsWith('manifest:'))!;
    await explore.menu(manifest);
    await explore.choose(/^展开/);
    await explore.idle();
    const other = (await explore.ids()).filter((id) => id.startsWith('company:')).find((id) => id !== firm);
    expect(other).toBeDefined();
    await page.keyboard.press('f');
    await explore.menu(firm!);
    await explore.choose('从这里查路径…');
    const goal = page.locator('#path-to');
    await goal.click();
    const { nodes } = await api<{ nodes: { label: string }[] }>(
      `/api/graph/${encodeURIComponent(other!)}/expand?limit=1`,
    );
    await goal.fill(nodes[0]!.label);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '查找', exact: true }).click();
    await page.getByText(/找到 \d+ 条路径/).waitFor();
    await keepPicture(page, 'explore-paths');
    await page.getByRole('button', { name: /加入所选/ }).click();
    await explore.idle();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('c7 three selected are joined by a small network', async () => {
    for (const text of ['连雨蓄电池', 'kind:vehicle', 'kind:ship']) await explore.add(text);
    await page.locator('.explore-status').click({ force: true });
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: '连成网络' }).click();
    await explore.idle();
    await explore.until(async () => (await explore.count()) > 3 || (await page.getByText(/不能全部相连/).count()) > 0);
    await keepPicture(page, 'explore-network');
  });

  it('c8 a pattern built by hand finds what the graph finds', async () => {
    await page.getByRole('tab', { name: '模式' }).click();
    await page.getByRole('button', { name: '查找模式' }).click();
    await page.getByText(/匹配 \d+ 处|先显示 200 处/).waitFor();
    await page.getByRole('button', { name: /全部加入画布/ }).click();
    await explore.until(async () => (await explore.count()) > 2);
    expect((await explore.ids()).every((id) => /^(vehicle|site):/.test(id))).toBe(true);
    await keepPicture(page, 'explore-pattern');
  });
});

describe('shaping', () => {
  beforeEach(async () => {
    await explore.add('连雨蓄电池');
    await explore.open((await explore.ids())[0]!);
  });

  it('c22 many steps, taken back one by one, leave the start; taken again, the end', async () => {
    await explore.idle();
    const start = await explore.ids();
    await page.getByRole('button', { name: '选择', exact: true }).click();
    await page.getByRole('menuitem', { name: '联单' }).click();
    await page.getByRole('button', { name: '移除' }).click();
    await explore.until(async () => (await explore.count()) < start.length);
    const end = await explore.ids();
    await explore.undo();
    await explore.undo();
    expect(await explore.ids()).toEqual(start);
    await page.getByRole('button', { name: '重做' }).click();
    await page.getByRole('button', { name: '重做' }).click();
    expect(await explore.ids()).toEqual(end);
  });

  it('c18 a kind filtered out leaves no loose edge; the list of filters takes it off again', async () => {
    const all = await explore.count();
    await page.getByRole('tab', { name: '筛选' }).click();
    await page.getByRole('checkbox', { name: /联单/ }).click();
    await explore.until(async () => (await explore.count()) < all);
    expect((await explore.ids()).some((id) => id.startsWith('manifest:'))).toBe(false);
    expect(await explore.edgeCount()).toBeGreaterThan(0);
    await page.getByRole('button', { name: '去掉 不含联单' }).click();
    await explore.until(async () => (await explore.count()) === all);
  });

  it('c14 the slider folds like nodes and unfolds them', async () => {
    const all = await explore.ids();
    const slider = page.getByRole('slider', { name: '折叠' });
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await explore.until(async () => (await explore.count()) < 12);
    await keepPicture(page, 'explore-folded');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await explore.until(async () => (await explore.count()) === all.length);
    expect(await explore.ids()).toEqual(all);
  });

  it('c15 c16 every layout runs, and what is pinned does not move', async () => {
    const firm = (await explore.ids()).find((id) => id.startsWith('company:'))!;
    await explore.menu(firm);
    await explore.choose('固定位置');
    const x = await explore.attribute<number>(firm, 'x');
    for (const name of ['层次', '辐射', '环形', '网格', '地理', '时间', '力导向']) {
      await page.getByRole('combobox', { name: '布局' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: name }).click();
      await explore.idle();
      expect(await explore.attribute<number>(firm, 'x')).toBe(x);
    }
    await keepPicture(page, 'explore-layout');
  });

  it('c17 a box selects what is inside it; inverting selects the others', async () => {
    const all = await explore.count();
    await page.getByRole('button', { name: '框选' }).click();
    const box = (await page.getByTestId('stage').boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 2, { steps: 4 });
    await page.mouse.up();
    const text = await page.getByText(/选中 \d+ 个实体/).textContent();
    const inside = Number(/\d+/.exec(text!)![0]);
    expect(inside).toBeGreaterThan(1);
    await page.getByRole('button', { name: '选择', exact: true }).click();
    await page.getByRole('menuitem', { name: '反选' }).click();
    await page.getByText(`选中 ${all - inside} 个实体`).waitFor();
  });

  it('c19 c20 a measure is worked out and sets the size, with a legend', async () => {
    await page.getByRole('tab', { name: '度量' }).click();
    await page.getByRole('button', { name: '计算' }).click();
    await page.getByRole('button', { name: '按此定大小' }).click();
    const firm = (await explore.ids()).find((id) => id.startsWith('company:'))!;
    await explore.until(async () => (await explore.attribute<number>(firm, 'size')) > 12);
    await page.getByRole('tab', { name: '样式' }).click();
    await page.getByText(/大小 · 按/).waitFor();
    await keepPicture(page, 'explore-measure');
  });

  it('c21 a note says who wrote it and when', async () => {
    const firm = (await explore.ids()).find((id) => id.startsWith('company:'))!;
    await explore.menu(firm);
    await explore.choose('加注');
    await page.getByRole('textbox', { name: '加注' }).fill('<b>夜间出车</b>');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await explore.press(firm);
    await page.locator('.note').getByText('<b>夜间出车</b>').waitFor();
    expect(await page.locator('.note small').textContent()).toMatch(/管理员.* · \d{4}-/);
  });

  it('c11 brushing the timeline filters the canvas and the table, and survives saving', async () => {
    const all = await explore.count();
    await page.getByRole('tab', { name: '时间轴' }).click();
    const slider = page.getByRole('slider', { name: /时间范围/ });
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await explore.until(async () => (await explore.count()) < all);
    const brushed = await explore.count();
    await keepPicture(page, 'explore-timeline');
    await page.reload();
    await page.getByTestId('stage').waitFor();
    await explore.until(async () => (await explore.count()) === brushed);
    await page.getByRole('tab', { name: '时间轴' }).click();
    await page.getByRole('button', { name: '取消时间筛选' }).click();
    await explore.until(async () => (await explore.count()) === all);
  });

  it('c29 rows of the table and nodes of the canvas are selected together', async () => {
    await page.getByRole('tab', { name: '表格' }).click();
    const row = page.getByRole('row').filter({ hasText: '场所' }).first();
    await row.getByRole('checkbox').click();
    const site = (await explore.ids()).find((id) => id.startsWith('site:'))!;
    await explore.until(async () => (await explore.attribute<{ isSelected: boolean }>(site, 'scene')).isSelected);
    await keepPicture(page, 'explore-table');
  });

  it('c31 each value leads to its source row in two presses', async () => {
    const firm = (await explore.ids()).find((id) => id.startsWith('company:'))!;
    await explore.press(firm);
    await page.locator('.facts .fact-source button').first().click();
    await page.getByRole('dialog').getByText('SHA-256').waitFor();
    await keepPicture(page, 'explore-row');
  });

  it('c12 the map shows who has a place, on the workspace’s own ground, without the network', async () => {
    const foreign: string[] = [];
    page.on('request', (r) => {
      if (!r.url().startsWith(inject('url')) && !/^(blob|data):/.test(r.url())) foreign.push(r.url());
    });
    await page.getByRole('tab', { name: '地图' }).click();
    await page.getByText(/\d+ 个实体中 \d+ 个有坐标/).waitFor();
    await page.locator('.map-box canvas').waitFor();
    await explore.until(() => page.evaluate<boolean>("document.querySelector('.map-box').map.loaded()"));
    await keepPicture(page, 'explore-map');
    expect(foreign).toEqual([]);
  });
});

describe('keeping', () => {
  it('c23 c25 saved under a name, kept by itself, opened by its address; a version comes back', async () => {
    await explore.add('连雨蓄电池');
    await page.getByRole('button', { name: /^保\s*存$/ }).click();
    await page.getByRole('textbox', { name: '另存为' }).fill('蓄电池一案');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.waitForURL(/\/explore\/.+/);
    await page.getByText('已保存').waitFor();
    await page.getByRole('button', { name: '存为版本' }).click();
    await page.getByRole('textbox', { name: '版本名称' }).fill('只有企业');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.getByText('已保存').waitFor();
    await explore.open((await explore.ids())[0]!);
    await page.getByText('有改动').or(page.getByText('保存中')).first().waitFor();
    await page.getByText('已保存').waitFor();
    const all = await explore.count();
    const second = await context.newPage();
    await second.goto(page.url());
    await second.getByTestId('stage').waitFor();
    const there = new ExplorePage(second);
    await there.until(async () => (await there.count()) === all);
    await second.close();
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '画布与版本' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: '只有企业' })
      .getByRole('button', { name: /恢\s*复/ })
      .click();
    await explore.until(async () => (await explore.count()) === 1);
    await keepPicture(page, 'explore-versions');
  });

  it('c23 two tabs on one view: the second to save is told, and loses nothing', async () => {
    await explore.add('连雨蓄电池');
    await page.getByRole('button', { name: /^保\s*存$/ }).click();
    await page.getByRole('textbox', { name: '另存为' }).fill('两个窗口');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.waitForURL(/\/explore\/.+/);
    const second = await context.newPage();
    await second.goto(page.url());
    const there = new ExplorePage(second);
    await second.getByTestId('stage').waitFor();
    await there.until(async () => (await there.count()) === 1);
    await there.add('kind:vehicle');
    await second.getByText('已保存').waitFor();
    await explore.add('kind:ship');
    await page.getByText('别处已改动').waitFor();
    await keepPicture(page, 'explore-conflict');
    await page.getByRole('button', { name: '取用对方的' }).click();
    await explore.until(async () => (await explore.ids()).some((id) => id.startsWith('vehicle:')));
  });

  it('c24 a frozen snapshot verifies', async () => {
    await explore.add('连雨蓄电池');
    await page.getByRole('button', { name: /^保\s*存$/ }).click();
    await page.getByRole('textbox', { name: '另存为' }).fill('快照');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page.waitForURL(/\/explore\/.+/);
    await page.getByText('已保存').waitFor();
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '画布与版本' }).click();
    await page.getByRole('button', { name: '冻结快照' }).click();
    await page.getByRole('textbox', { name: '冻结快照' }).fill('移送前');
    await page.getByRole('button', { name: /确\s*定/ }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: '移送前' })
      .getByRole('button', { name: /校\s*验/ })
      .click();
    await page.getByText(/校验一致/).waitFor();
  });

  it('c26 JSON and GraphML read back have the same nodes at the same places', async () => {
    await explore.add('连雨蓄电池');
    await explore.open((await explore.ids())[0]!);
    const ids = await explore.ids();
    const x = await explore.attribute<number>(ids[3]!, 'x');
    for (const kind of ['JSON（可重新打开）', 'GraphML']) {
      await page.getByRole('button', { name: '更多' }).click();
      const coming = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: kind, exact: true }).click();
      const file = await (await coming).path();
      await page.locator('input[type=file]').setInputFiles({
        name: kind.startsWith('JSON') ? 'a.json' : 'a.graphml',
        mimeType: 'text/plain',
        buffer: (await import('node:fs')).readFileSync(file),
      });
      await explore.until(async () => (await explore.count()) === ids.length);
      expect(await explore.ids()).toEqual(ids);
      expect(await explore.attribute<number>(ids[3]!, 'x')).toBeCloseTo(x, 3);
    }
  });

  it('d4 a pasted list is matched line by line, and what is unknown is said', async () => {
    await page.getByText('批量匹配').click();
    await page.getByRole('textbox', { name: /粘贴名单/ }).fill('湖州惠炜蓄电池有限公司\n没有这家公司啊\n浙E0Q056');
    await page.getByRole('button', { name: '匹配 3 行' }).click();
    await page.getByText('2 行完全一致，0 行待确认，1 行未找到').waitFor();
    await keepPicture(page, 'explore-list');
    await page.getByRole('button', { name: /全部加入画布/ }).click();
    await explore.until(async () => (await explore.count()) === 2);
  });
});

describe('for everyone', () => {
  it('c32 axe finds nothing serious, zh light and en dark', async () => {
    await explore.add('连雨蓄电池');
    await explore.press((await explore.ids())[0]!);
    await page.locator('.facts dt').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const dark = await openPage(browser, '/explore', { language: 'en', dark: true });
    await dark.page.getByTestId('stage').waitFor();
    await dark.page.locator('.explore-left .ant-input-search input').fill('蓄电池');
    await dark.page.locator('button.hit').first().waitFor();
    await keepPicture(dark.page, 'explore-en-dark');
    expect(await seriousFaults(dark.page)).toEqual([]);
    await dark.context.close();
  });

  it('a window of 320 px loses nothing: search, canvas, table can be reached', async () => {
    const narrow = await openPage(browser, '/explore', { size: { width: 320, height: 640 } });
    const small = new ExplorePage(narrow.page);
    await narrow.page.getByTestId('stage').waitFor();
    await small.add('连雨蓄电池');
    await narrow.page.getByRole('tab', { name: '表格' }).click();
    await narrow.page
      .getByRole('button', { name: /蓄电池有限公司/ })
      .last()
      .waitFor();
    await keepPicture(narrow.page, 'explore-narrow');
    const wide = await narrow.page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(320);
    await narrow.context.close();
  });

  it('the address of a view that is gone says so, and leads on', async () => {
    await page.goto(`${inject('url')}/explore/W999999`);
    await page.getByText('没有这张画布，或无权查看').waitFor();
    await page.getByRole('link', { name: '新建画布' }).click();
    await page.getByTestId('stage').waitFor();
  });
});
