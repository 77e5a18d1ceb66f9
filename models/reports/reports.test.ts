import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { assertSignable, faultsOf } from './check-report.ts';
import { composeReport } from './compose.ts';
import { docxOf } from './docx.ts';
import { withoutPersonNumbers } from './facts.ts';
import { handContext } from './hand-context.ts';
import { htmlOf } from './html.ts';
import { mapPicture } from './pictures/map.ts';
import { pngOf } from './pictures/png.ts';
import { escapeXml, svgOf } from './pictures/svg.ts';
import { timelinePicture } from './pictures/timeline.ts';
import { SECTIONS } from './report.ts';

test.each(['zh', 'en'] as const)('the report in %s has the twelve sections and no fault', (language) => {
  const report = composeReport(handContext(language));
  expect(report.sections.map((s) => s.key)).toEqual([...SECTIONS]);
  expect(faultsOf(report)).toEqual([]);
  expect(report.number).toBe('吴生研〔2026〕0031');
});

test('a report with an empty "against" cannot be signed', () => {
  const report = composeReport(handContext());
  const empty = { ...report, sections: report.sections.map((s) => (s.key === 'against' ? { ...s, blocks: [] } : s)) };
  expect(() => assertSignable(empty)).toThrow(/against/);
});

test('a number without a source, a mark to nothing, a word of a verdict: each is named', () => {
  const report = composeReport(handContext());
  const bad = (text: string, marks: string[]) =>
    faultsOf({
      ...report,
      sections: report.sections.map((s) =>
        s.key === 'facts' ? { ...s, blocks: [{ kind: 'paragraph' as const, sentences: [{ text, marks }] }] } : s,
      ),
    });
  expect(bad('共排放3吨', [])).toEqual([expect.stringContaining('without a source mark')]);
  expect(bad('共排放3吨', ['R99'])).toEqual([expect.stringContaining('R99')]);
  expect(bad('该企业违法排放', [])).toEqual([expect.stringContaining('违法')]);
  expect(bad('依据《刑法》第三百三十八条', [])).toEqual([]);
  expect(bad('疑似异常，待核', [])).toEqual([]);
});

test('HTML escapes what departments write, and holds its pictures', () => {
  const context = handContext();
  const evil = {
    ...context,
    facts: {
      ...context.facts,
      rows: [{ ...context.facts.rows[0]!, summary: { zh: '<script>alert(1)</script>', en: '' } }],
    },
  };
  const html = htmlOf(composeReport(evil));
  expect(html).not.toContain('<script>');
  expect(html).toContain('&#60;script&#62;');
  expect(html.match(/<svg /g)).toHaveLength(3);
  expect(html).toContain('<a href="#mark-R1">');
});

test('the Word file is a package with text, SVG and PNG, and the same bytes twice', async () => {
  const a = await docxOf(composeReport(handContext()));
  const b = await docxOf(composeReport(handContext()));
  expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);
  const files = unzipSync(a);
  const names = Object.keys(files);
  expect(names).toContain('word/document.xml');
  expect(names.filter((n) => n.endsWith('.svg'))).toHaveLength(3);
  expect(names.filter((n) => n.endsWith('.png'))).toHaveLength(3);
  expect(new TextDecoder().decode(files['word/document.xml'])).toContain('不利于本线索的情况');
});

test('pictures: same data, same drawing; PNG has its signature; nothing to place gives no map', () => {
  const moments = [
    { atMs: 0, lane: 'a', colour: '#000' },
    { atMs: 86_400_000, lane: 'a', colour: '#000' },
  ];
  const picture = timelinePicture(moments, {
    title: 't',
    laneLabels: new Map([
      ['a', '甲'],
      ['b', '乙'],
    ]),
  });
  expect(svgOf(picture)).toBe(
    svgOf(
      timelinePicture(moments, {
        title: 't',
        laneLabels: new Map([
          ['a', '甲'],
          ['b', '乙'],
        ]),
      }),
    ),
  );
  expect(svgOf(picture)).not.toContain('乙');
  expect(Array.from(pngOf(picture).subarray(1, 4))).toEqual([80, 78, 71]);
  expect(mapPicture([], [], { title: 'm' })).toBeNull();
  const dots = mapPicture(
    [
      { lon: 120, lat: 30.9, tag: '1', label: 'x', colour: '#000', isSubject: true },
      { lon: 120.02, lat: 30.9, tag: '2', label: 'y', colour: '#000', isSubject: false },
    ],
    [],
    { title: 'm' },
  )!.shapes.filter((s) => s.kind === 'dot');
  const [east, west] = dots as { x: number }[];
  expect(east!.x).toBeGreaterThan(west!.x);
});

test('control characters and markup cannot break XML; person numbers in text are hidden', () => {
  expect(escapeXml('a\u0000<&"\u0008')).toBe('a&#60;&#38;&#34;');
  expect(withoutPersonNumbers('电话10012345678，证件330599190001010012')).toBe('电话〔电话已隐〕，证件〔证件号已隐〕');
});
