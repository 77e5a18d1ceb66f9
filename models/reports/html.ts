import { escapeXml, svgOf } from './pictures/svg.ts';
import type { Block, ClueReport, Mark } from './report.ts';

const STYLE = `body{font:15px/1.7 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:#222;max-width:820px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;text-align:center;margin:.2rem 0 1rem}h2{font-size:1.1rem;border-left:4px solid #0072B2;padding-left:.5rem;margin-top:1.6rem}
table{border-collapse:collapse;width:100%;font-size:13px;margin:.6rem 0}th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f2f4f7}figure{margin:.8rem 0}figure svg{max-width:100%;height:auto;border:1px solid #ddd}figcaption{font-size:13px;color:#555}
sup a{color:#0072B2;text-decoration:none;font-size:11px}ul.check{list-style:none;padding-left:.2rem}ul.check li::before{content:'☐ '}
.number{text-align:right;color:#555}.synthetic{background:#fff4ce;border:1px solid #e5c35c;padding:.4rem .8rem;font-size:13px}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}figure,table{break-inside:avoid}}`;

/** The report as one self-contained HTML page: no script, no outside file; every text escaped. */
export function htmlOf(report: ClueReport): string {
  const lang = report.language === 'zh' ? 'zh-CN' : 'en';
  const sections = report.sections.map(
    (s, i) =>
      `<section id="${s.key}"><h2>${i + 1}. ${escapeXml(s.title)}</h2>${s.blocks.map(_block).join('')}</section>`,
  );
  return (
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">` +
    `<title>${escapeXml(report.title)}</title><style>${STYLE}</style></head><body><p class="number">${escapeXml(report.number)}</p>` +
    `<h1>${escapeXml(report.title)}</h1>${sections.join('')}${_marks(report.marks, report.language)}</body></html>\n`
  );
}

function _block(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${block.sentences.map((s) => `${escapeXml(s.text)}${_refs(s.marks)}`).join(' ')}</p>`;
    case 'checklist':
      return `<ul class="check">${block.items.map((s) => `<li>${escapeXml(s.text)}${_refs(s.marks)}</li>`).join('')}</ul>`;
    case 'picture':
      return `<figure>${svgOf(block.picture)}<figcaption>${escapeXml(block.caption)}${_refs(block.marks)}</figcaption></figure>`;
    case 'table':
      return (
        `<table>${block.widths === undefined ? '' : `<colgroup>${block.widths.map((w) => `<col style="width:${w}%">`).join('')}</colgroup>`}<thead><tr>${block.headers.map((h) => `<th>${escapeXml(h)}</th>`).join('')}</tr></thead><tbody>` +
        `${block.rows.map((r) => `<tr>${r.cells.map((c, i) => `<td>${escapeXml(c)}${i === r.cells.length - 1 ? _refs(r.marks) : ''}</td>`).join('')}</tr>`).join('')}</tbody></table>`
      );
  }
}

function _refs(marks: readonly string[]): string {
  return marks.map((m) => `<sup><a href="#mark-${escapeXml(m)}">[${escapeXml(m)}]</a></sup>`).join('');
}

function _marks(marks: readonly Mark[], language: ClueReport['language']): string {
  const title = language === 'zh' ? '来源标记' : 'Source marks';
  const rows = marks.map(
    (m) =>
      `<tr id="mark-${escapeXml(m.mark)}"><td>[${escapeXml(m.mark)}]</td><td><code>${escapeXml(m.target)}</code></td><td>${escapeXml(m.text)}</td></tr>`,
  );
  return `<section id="marks"><h2>${title}</h2><table><tbody>${rows.join('')}</tbody></table></section>`;
}
