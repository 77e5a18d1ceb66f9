import {
  AlignmentType,
  Document,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow as DocxRow,
  TextRun,
  TableLayoutType,
  WidthType,
  type FileChild,
} from 'docx';
import { unzipSync, zipSync } from 'fflate';
import { pngOf } from './pictures/png.ts';
import { svgOf, xmlText } from './pictures/svg.ts';
import type { Block, ClueReport, Sentence } from './report.ts';

/** Width of the text on A4 with these margins, twentieths of a point. */
const TEXT_WIDTH = 9026;

const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const HEAD_FONT = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' };

/** The report as a Word file (Office Open XML): pictures as SVG with a PNG fallback, A4, fonts that Chinese offices have.
 *  Same report, same bytes: dates inside the package are fixed. */
export async function docxOf(report: ClueReport): Promise<Uint8Array> {
  const children: FileChild[] = [
    new Paragraph({ alignment: AlignmentType.RIGHT, children: [_run(report.number)] }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      heading: HeadingLevel.TITLE,
      children: [new TextRun({ text: report.title, font: HEAD_FONT, size: 36, bold: true })],
    }),
  ];
  report.sections.forEach((section, i) => {
    children.push(_heading(`${i + 1}. ${section.title}`));
    for (const block of section.blocks) children.push(..._block(block));
  });
  children.push(_heading(report.language === 'zh' ? '来源标记' : 'Source marks'));
  children.push(
    _table(
      [],
      report.marks.map((m) => [`[${m.mark}]`, m.target, m.text]),
      [10, 35, 55],
    ),
  );
  const document = new Document({
    title: report.title,
    creator: 'Tributary',
    styles: { default: { document: { run: { font: FONT, size: 24 } } } },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1440, bottom: 1440, left: 1440, right: 1440 } },
        },
        children,
      },
    ],
  });
  return _reproducible(new Uint8Array(await Packer.toBuffer(document)));
}

function _block(block: Block): FileChild[] {
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ spacing: { after: 120 }, children: block.sentences.flatMap(_sentence) })];
    case 'checklist':
      return block.items.map((s) => new Paragraph({ children: [_run('☐ '), ..._sentence(s)] }));
    case 'table': {
      const rows = block.rows.map((r) =>
        r.cells.map((c, i) => (i === r.cells.length - 1 ? `${c}${r.marks.map((m) => ` [${m}]`).join('')}` : c)),
      );
      return [_table(block.headers, rows, block.widths)];
    }
    case 'picture': {
      const { picture } = block;
      const width = Math.min(picture.width, 590);
      const transformation = { width, height: Math.round((picture.height * width) / picture.width) };
      const image = new ImageRun({
        type: 'svg',
        data: Buffer.from(svgOf(picture)),
        transformation,
        fallback: { type: 'png', data: Buffer.from(pngOf(picture)) },
        altText: { name: picture.title, title: picture.title, description: block.caption },
      });
      return [
        new Paragraph({ children: [image] }),
        new Paragraph({ spacing: { after: 120 }, children: [_run(block.caption), ...block.marks.map(_mark)] }),
      ];
    }
  }
}

function _heading(text: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: { before: 240, after: 120 },
    children: [new TextRun({ text, font: HEAD_FONT, size: 28, bold: true, color: '000000' })],
  });
}

function _sentence(sentence: Sentence): TextRun[] {
  return [_run(sentence.text), ...sentence.marks.map(_mark)];
}

function _run(text: string): TextRun {
  return new TextRun({ text: xmlText(text), font: FONT });
}

function _mark(mark: string): TextRun {
  return new TextRun({ text: `[${mark}]`, superScript: true, color: '0072B2' });
}

function _table(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[] = _evenly(rows[0]?.length ?? 1),
): Table {
  const columnWidths = widths.map((w) => Math.round((TEXT_WIDTH * w) / 100));
  const cell = (text: string, bold: boolean, column: number): TableCell =>
    new TableCell({
      width: { size: columnWidths[column] ?? 1000, type: WidthType.DXA },
      children: [new Paragraph({ children: [new TextRun({ text: xmlText(text), bold, size: 19, font: FONT })] })],
    });
  const body = rows.map((r) => new DocxRow({ children: r.map((c, i) => cell(c, false, i)) }));
  const head =
    headers.length === 0 ? [] : [new DocxRow({ tableHeader: true, children: headers.map((h, i) => cell(h, true, i)) })];
  const all = [...head, ...body];
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    rows: all.length > 0 ? all : [new DocxRow({ children: [cell('—', false, 0)] })],
  });
}

function _evenly(columns: number): number[] {
  return Array.from({ length: columns }, () => 100 / columns);
}

/** The library stamps the hour into the core properties and numbers drawings through the whole process; both are made to depend on the report alone. */
function _reproducible(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes);
  let drawings = 0;
  _rewrite(files, 'docProps/core.xml', (xml) => xml.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2000-01-01T00:00:00Z'));
  _rewrite(files, 'word/document.xml', (xml) =>
    xml.replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++drawings}"`),
  );
  return zipSync(files, { mtime: new Date(2000, 0, 1), level: 6 });
}

function _rewrite(files: Record<string, Uint8Array>, name: string, change: (xml: string) => string): void {
  const file = files[name];
  if (file !== undefined) files[name] = new TextEncoder().encode(change(new TextDecoder().decode(file)));
}
