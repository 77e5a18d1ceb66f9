import * as echarts from 'echarts';

/** What a notebook shows. In Jupyter through the kernel's own channel (a cell's last value can be lost under nbconvert, a display never is); elsewhere as text. */
interface Kernel {
  readonly jupyter: { display(data: Readonly<Record<string, string>>, options: { raw: true }): Promise<void> };
}

/** Shows a piece of HTML. */
export async function show(html: string): Promise<void> {
  const kernel = (globalThis as { Deno?: Partial<Kernel> }).Deno;
  if (kernel?.jupyter === undefined) console.log(html.replaceAll(/<[^>]+>/g, ' '));
  else
    await kernel.jupyter.display({ 'text/html': html, 'text/plain': html.replaceAll(/<[^>]+>/g, ' ') }, { raw: true });
}

/** Rows as an HTML table; says how many were left out. Numbers are rounded to four digits for the eye, the rows are not changed. */
export function tableHtml(rows: readonly Readonly<Record<string, unknown>>[], limit = 20): string {
  if (rows.length === 0) return '<p>no rows</p>';
  const names = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  const head = names.map((n) => `<th>${_text(n)}</th>`).join('');
  const body = rows
    .slice(0, limit)
    .map((r) => `<tr>${names.map((n) => `<td>${_text(_cell(r[n]))}</td>`).join('')}</tr>`);
  const rest = rows.length > limit ? `<p>${rows.length - limit} more rows not shown</p>` : '';
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${rest}`;
}

/** Shows rows as a table. */
export function table(rows: readonly Readonly<Record<string, unknown>>[], limit = 20): Promise<void> {
  return show(tableHtml(rows, limit));
}

/** A chart as SVG text, drawn without a browser. @param option  as ECharts takes it */
export function chartSvg(option: echarts.EChartsCoreOption, size = { width: 720, height: 320 }): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Shows a chart. */
export function chart(option: echarts.EChartsCoreOption, size = { width: 720, height: 320 }): Promise<void> {
  return show(chartSvg(option, size));
}

function _cell(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (value instanceof Date) return value.toISOString().slice(0, 16);
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | boolean | bigint);
}

function _text(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
