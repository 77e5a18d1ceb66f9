import { expect, test } from 'vitest';
import fc from 'fast-check';
import { addressAgreement, parseAddress } from './address.ts';
import { parseCompanyName, placesAgree } from './company-name.ts';
import { withoutLegalForm } from './legal-forms.ts';
import { looksAlike, plainPlate, plateKeys, plateSlip } from './plate.ts';
import { looseReading, readingOf } from './readings.ts';
import { romanized, soundOf } from './romanize.ts';

test('company names fall into place, core, trade and form', () => {
  const cut = (n: string): string[] => {
    const c = parseCompanyName(n);
    return [c.place, c.core, c.trade, c.form];
  };
  expect(cut('湖州吴兴宏鑫纺织有限公司')).toEqual(['湖州吴兴', '宏鑫', '纺织', '有限公司']);
  expect(cut('宏鑫（湖州）环保科技股份有限公司')).toEqual(['湖州', '宏鑫', '环保科技', '股份有限公司']);
  expect(cut('浙江省湖州市织里镇宏欣印染厂')).toEqual(['浙江湖州织里', '宏欣', '印染', '厂']);
  expect(cut('宏鑫纺织')).toEqual(['', '宏鑫', '纺织', '']);
  expect(cut('朝阳童装有限公司')).toEqual(['', '朝阳', '童装', '有限公司']);
  expect(cut('Ｈ＆Ｍ　（中国）有限公司')[1]).toBe('HM');
  expect(placesAgree('湖州', '浙江湖州吴兴')).toBe(true);
  expect(placesAgree('湖州', '德清')).toBe(false);
});

test('cutting a name never throws, never loses the core', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (n) => {
      const c = parseCompanyName(n);
      if (c.full !== '') expect(c.core).not.toBe('');
      expect(c.body).toBe(c.core + c.trade);
    }),
  );
});

test('addresses agree by door, road and town; another number or road contradicts', () => {
  const a = parseAddress('浙江省湖州市吴兴区织里镇富康路128号3幢');
  expect([a.town, a.road, a.number]).toEqual(['织里', '富康路', '128']);
  const agree = (x: string, y: string): number => addressAgreement(parseAddress(x), parseAddress(y));
  expect(agree('湖州市吴兴区织里镇富康路128号', '织里镇富康路128号')).toBe(4);
  expect(agree('织里镇富康路128号3幢', '织里镇富康路128号旁边')).toBe(3);
  expect(agree('织里镇富康路128号', '织里镇富康路130号')).toBe(-1);
  expect(agree('织里镇富康路128号', '埭溪镇富康路128号')).toBe(-1);
  expect(agree('八里店镇紫金桥村8号', '八里店镇紫金桥8号后面')).toBe(3);
  expect(agree('仁皇山街道仁皇山产业园湖东路238号', '仁皇山产业园湖东路238号后面')).toBe(3);
  expect(agree('大润发东200米', '织里镇富康路1号')).toBe(0);
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (t) => void parseAddress(t)));
});

test('plates: look-alikes, missing province, missing 挂, a dropped character; slips share a key', () => {
  expect(plainPlate('浙e·0f12k')).toBe('浙E0F12K');
  expect(plateSlip('浙E0F12K', '浙EDF12K')).toBe('confused');
  expect(plateSlip('浙E0F12K', 'E0F12K')).toBe('province');
  expect(plateSlip('浙E0012挂', '浙E0012')).toBe('suffix');
  expect(plateSlip('浙E0F12K', '浙E0F2K')).toBe('dropped');
  expect(plateSlip('浙E0F12K', '浙E9F12K')).toBe('other');
  expect(plateSlip('浙E0F12K', '浙EDF1ZK')).toBe('other');
  expect(looksAlike('8', 'B')).toBe(true);
  for (const [a, b] of [
    ['浙E0F12K', '浙EDF12K'],
    ['浙E0F12K', 'E0F12K'],
    ['浙E0012挂', '浙E0012'],
  ] as const)
    expect(
      plateKeys(a).some((k) => plateKeys(b).includes(k)),
      `${a} ${b}`,
    ).toBe(true);
});

test('readings: homophones share one, dialect pairs a loose one', () => {
  expect(readingOf('宏鑫')).toBe(readingOf('宏欣'));
  expect(looseReading(readingOf('陈'))).toBe(looseReading(readingOf('程')));
});

test('other scripts and sounds; legal forms by family', () => {
  expect(romanized('иван петров')).toBe('ivan petrov');
  expect(soundOf('mohammad')).toBe(soundOf('muhamed'));
  expect(withoutLegalForm('acme gesellschaft mit beschrankter haftung')).toEqual({ rest: 'acme', family: 'limited' });
  expect(withoutLegalForm('acme plc')).toEqual({ rest: 'acme', family: 'share' });
  expect(withoutLegalForm('limited')).toEqual({ rest: 'limited', family: '' });
});
