import type { Page } from 'playwright-core';

/** What a test asks of the canvas: where a node stands on the page, and what is drawn. */
export class ExplorePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Finds by name and brings the first hit in. */
  async add(text: string): Promise<void> {
    const box = this.page.locator('.explore-left input[type=search], .explore-left .ant-input-search input').first();
    await box.fill(text);
    const hit = this.page.locator('button.hit').first();
    await hit.waitFor();
    const before = await this.count();
    await hit.click();
    await this.until(async () => (await this.count()) > before);
  }

  async count(): Promise<number> {
    return (await this.ids()).length;
  }

  /** Ids of what is drawn, in order. */
  async ids(): Promise<string[]> {
    return this.page.evaluate<string[]>(`(${_STAGE})().sigma.getGraph().nodes().toSorted()`);
  }

  async edgeCount(): Promise<number> {
    return this.page.evaluate<number>(`(${_STAGE})().sigma.getGraph().size`);
  }

  async badge(id: string): Promise<number | null> {
    return this.page.evaluate<number | null>(
      `(${_STAGE})().sigma.getGraph().getNodeAttribute(${JSON.stringify(id)}, 'scene').hidden`,
    );
  }

  async attribute<T>(id: string, name: string): Promise<T> {
    return this.page.evaluate<T>(
      `(${_STAGE})().sigma.getGraph().getNodeAttribute(${JSON.stringify(id)}, ${JSON.stringify(name)})`,
    );
  }

  /** Types of edges by how they are drawn. */
  async edgeTypes(): Promise<string[]> {
    return this.page.evaluate<string[]>(`(${_STAGE})().sigma.getGraph().mapEdges((_e, a) => a.type).toSorted()`);
  }

  /** Point of a node on the page, px. */
  async point(id: string): Promise<{ x: number; y: number }> {
    return this.page.evaluate<{ x: number; y: number }>(`(() => {
      const { sigma } = (${_STAGE})();
      const box = sigma.getContainer().getBoundingClientRect();
      const at = sigma.framedGraphToViewport(sigma.getNodeDisplayData(${JSON.stringify(id)}));
      return { x: box.left + at.x, y: box.top + at.y };
    })()`);
  }

  /** Presses a node until it is selected: a machine that is busy may lose a press. */
  async press(id: string): Promise<void> {
    for (let tries = 0; tries < 4; tries++) {
      await this.still();
      const { x, y } = await this.point(id);
      await this.page.mouse.click(x, y);
      for (let i = 0; i < 20; i++) {
        if ((await this.attribute<{ isSelected: boolean }>(id, 'scene')).isSelected) return;
        await this.page.waitForTimeout(100);
      }
    }
    throw new Error(`press: ${id} is not selected`);
  }

  /** Expands by double-click; a machine that is busy may need another. */
  async open(id: string): Promise<void> {
    const before = await this.count();
    for (let tries = 0; tries < 3 && (await this.count()) === before; tries++) {
      await this.still();
      const { x, y } = await this.point(id);
      await this.page.mouse.dblclick(x, y);
      for (let i = 0; i < 100 && (await this.count()) === before; i++) await this.page.waitForTimeout(100);
    }
    if ((await this.count()) === before) throw new Error(`open: ${id} brought nothing`);
    await this.idle();
  }

  /** Waits until the camera stands still. */
  async still(): Promise<void> {
    await this.until(async () => this.page.evaluate<boolean>(`!(${_STAGE})().sigma.getCamera().isAnimated()`));
    await this.page.waitForTimeout(100);
  }

  /** Opens a node's menu. */
  async menu(id: string): Promise<void> {
    for (let tries = 0; tries < 4; tries++) {
      await this.still();
      const { x, y } = await this.point(id);
      await this.page.mouse.click(x, y, { button: 'right' });
      const menu = this.page.locator('.node-menu');
      if (
        await menu.waitFor({ timeout: 4000 }).then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error(`menu: ${id} opened none`);
  }

  async choose(name: string | RegExp): Promise<void> {
    await this.page.locator('.node-menu').getByRole('menuitem', { name }).first().click();
  }

  async key(key: string): Promise<void> {
    await this.page.locator('.explore-status').click({ force: true });
    await this.page.keyboard.press(key);
  }

  /** Presses keys without touching the canvas first. */
  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: '撤销' }).click();
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    await this.page.getByRole('button', { name: '停止' }).waitFor({ state: 'detached' });
  }

  /** Waits until something holds; fails after thirty seconds. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (await holds()) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`until: it did not come to hold: ${holds.toString()}`);
  }
}

/** The stage of the canvas, in the page. */
const _STAGE = `() => document.querySelector('[data-testid=stage]').stage`;
