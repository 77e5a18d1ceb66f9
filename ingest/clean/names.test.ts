import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  addressParts,
  cleanName,
  cleanPersonName,
  companyNameParts,
  isMaskedName,
  namePinyin,
  personPinyin,
  repairedMojibake,
  simplified,
  tidy,
  wordPinyin,
} from './index.ts';

test('a name: NFKC, simplified, no spaces beside Han, one bracket', () => {
  expect(cleanName(' 湖州　吳興（织里）環保科技 有限公司\u200B').value).toBe('湖州吴兴(织里)环保科技有限公司');
  expect(cleanName('ＡＢＣ Trading  Co').value).toBe('ABC Trading Co');
  expect(cleanName('㐂乐小吃店').value).toBe('㐂乐小吃店');
  expect(cleanName('软体').value).toBe('软体');
  expect(simplified('abc')).toBe('abc');
  expect(tidy('a\u200Bb  c\u3000d ')).toBe('ab c d');
});

test('damaged text is repaired when it reads back whole, else refused', () => {
  expect(cleanName('婀栧窞甯傚惔鍏村尯')).toMatchObject({ value: '湖州市吴兴区', rule: 'mojibake-repaired' });
  expect(cleanName('涓€浜屼笁')).toMatchObject({ value: '一二三', rule: 'mojibake-repaired' });
  expect(cleanName('湖州锟斤拷公司').rule).toBe('undecodable');
  expect(cleanName('湖州\uFFFD公司').rule).toBe('undecodable');
  expect(cleanName('…!').rule).toBe('no-letters');
  for (const good of ['湖州市吴兴区', '浙江宏鑫', '埭溪镇', '㐂', 'plain ascii'])
    expect(repairedMojibake(good)).toBeNull();
});

test('every Chinese text whose UTF-8 bytes could be read as GBK comes back', () => {
  const gbk = new TextDecoder('gbk', { fatal: true });
  const han = fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 2, maxLength: 12 })
    .map((points) => String.fromCodePoint(...points));
  fc.assert(
    fc.property(han, (text) => {
      let damaged: string;
      try {
        damaged = gbk.decode(Buffer.from(text, 'utf8'));
      } catch {
        return; // the bytes are no GBK: such damage shows as U+FFFD
      }
      expect(repairedMojibake(damaged)).toBe(text);
    }),
  );
});

test('a firm’s name: place, core, trade, form', () => {
  const parts = (name: string): unknown[] => {
    const p = companyNameParts(name);
    return [p.places, p.core, p.trade, p.form, p.branch];
  };
  expect(parts('湖州吴兴宏鑫纺织有限公司')).toEqual([['湖州', '吴兴'], '宏鑫', '纺织', '有限公司', '']);
  expect(parts('宏鑫（湖州）纺织有限公司')).toEqual([['湖州'], '宏鑫', '纺织', '有限公司', '']);
  expect(parts('浙江省湖州市织里镇宏欣印染厂')).toEqual([['浙江', '湖州', '织里'], '宏欣', '印染', '厂', '']);
  expect(parts('湖州金恒电镀有限公司织里分公司')).toEqual([['湖州'], '金恒', '电镀', '有限公司', '织里分公司']);
  expect(parts('湖州宏鑫有限公司)织里厂')).toEqual([['湖州'], '宏鑫', '', '有限公司', '织里厂']);
  expect(parts('湖州厂')).toEqual([[], '湖州', '', '厂', '']);
  expect(parts('宏鑫')).toEqual([[], '宏鑫', '', '', '']);
  expect(parts('无名氏(个体)')[1]).toBe('无名氏个体');
});

test('the core is never empty and every part is in the name', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('湖州', '吴兴', '市', '宏', '鑫', '纺织', '有限公司', '厂', '(', ')', '店', 'A1'), {
        maxLength: 8,
      }),
      (pieces) => {
        const p = companyNameParts(pieces.join(''));
        if (pieces.some((x) => /[\p{L}\p{N}]/u.test(x))) expect(p.core.length).toBeGreaterThan(0);
        for (const part of [p.trade, p.form, p.branch]) expect(p.name.replace(/[()]/g, '').includes(part)).toBe(true);
      },
    ),
  );
});

test('addresses: by their endings, and by landmark', () => {
  const parts = (sent: string): Record<string, string> =>
    Object.fromEntries(Object.entries(addressParts(sent)).filter(([, v]) => v !== null)) as Record<string, string>;
  expect(parts('浙江省湖州市吴兴区八里店镇紫金桥村8号')).toEqual({
    province: '浙江省',
    city: '湖州市',
    district: '吴兴区',
    town: '八里店镇',
    village: '紫金桥村',
    no: '8',
  });
  expect(parts('紫金桥8号后面')).toEqual({ village: '紫金桥', no: '8', relation: '后面' });
  expect(parts('大润发东200米')).toEqual({ landmark: '大润发', relation: '东200米' });
  expect(parts('湖州市吴兴区织里镇大港路1188号3幢')).toEqual({
    city: '湖州市',
    district: '吴兴区',
    town: '织里镇',
    road: '大港路',
    no: '1188',
    room: '3幢',
  });
  expect(parts('仁皇山街道学士路18-2号')).toEqual({ town: '仁皇山街道', road: '学士路', no: '18-2' });
});

test('persons: masked names are known as such', () => {
  expect(cleanPersonName('沈 建国').value).toBe('沈建国');
  expect(cleanPersonName('買買提·吐爾遜').value).toBe('买买提·吐尔逊');
  expect(cleanPersonName('张三1').rule).toBe('person-name');
  expect(cleanPersonName('王').rule).toBe('person-name');
  expect(['王*', '王某某', '王芳'].map(isMaskedName)).toEqual([true, true, false]);
});

test('pinyin word by word: 长兴 is chang xing, and 区长 is not read across words', () => {
  expect(namePinyin(['吴兴区', '长兴县'])).toBe('wu xing qu chang xing xian');
  expect(wordPinyin('埭溪')).toBe('dai xi');
  expect(wordPinyin('宏鑫')).toBe(wordPinyin('宏欣'));
  expect(personPinyin('单田芳')).toBe('shan tian fang');
  expect(personPinyin('仇和')).toBe('qiu he');
});
