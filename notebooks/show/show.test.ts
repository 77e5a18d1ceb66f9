import { expect, test } from 'vitest';
import { chartSvg, tableHtml } from './show.ts';

test('a table escapes markup, shows the missing as a dash, says what it left out', () => {
  const html = tableHtml([{ name: '<b>某</b>&', n: 1 }, { name: null, n: 0.123456 }, { n: 3 }], 2);
  expect(html).toContain('&lt;b&gt;某&lt;/b&gt;&amp;');
  expect(html).toContain('<td>—</td><td>0.1235</td>');
  expect(html).toContain('1 more rows not shown');
  expect(tableHtml([])).toBe('<p>no rows</p>');
});

test('a chart is drawn without a browser', () => {
  const svg = chartSvg({ xAxis: { type: 'category', data: ['甲'] }, yAxis: {}, series: [{ type: 'bar', data: [3] }] });
  expect(svg).toMatch(/^<svg/);
  expect(svg).toContain('甲');
});
