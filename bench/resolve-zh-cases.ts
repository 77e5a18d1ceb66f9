import { type Random, integerIn } from '../ingest/base/index.ts';
import { PROVINCE_NAMES, usccCheck } from '../ingest/clean/index.ts';

/** Two writings, whether they name one thing, and how they are to be compared. */
export interface ZhPair {
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
}

export type ZhReader = 'firm' | 'person' | 'plate' | 'code' | 'address';

/** One class of error with a maker of pairs: `same` ones show the error, the others are as near without being the same. */
export interface ZhClass {
  readonly id: string;
  readonly reads: ZhReader;
  readonly pair: (random: Random, same: boolean, cores: readonly string[]) => readonly [string, string];
}

/** Cores (字号) made up here, for when no lexicon is at hand. */
export const OWN_CORES: readonly string[] = Object.freeze(
  '宏鑫 永泰 恒源 金桥 瑞丰 天佑 华盛 德清 长兴 兴隆 嘉禾 万通 百川 润泽 鼎盛 安吉 佳美 新星 东升 凯旋 明辉 正大 远航 顺达 富强 腾飞 和顺 盛世 康宁 祥云'.split(
    ' ',
  ),
);
const PLACES = ['湖州', '南浔', '杭州', '嘉兴', '长兴县', '浙江', '苏州市', '宁波'];
const TRADES = ['纺织', '印染', '化工', '机械', '物流', '环保科技', '建材', '食品', '五金制品', '再生资源'];
const SOUNDS = [
  '宏洪鸿红',
  '鑫新欣馨',
  '华桦骅',
  '盛胜圣',
  '德得',
  '长常昌',
  '金锦今',
  '瑞睿',
  '恒衡',
  '明铭鸣',
  '佳嘉加',
  '永勇泳',
  '达大',
  '源元原',
  '顺舜',
  '丰峰锋',
];
const LOOKS = [
  '末未',
  '士土',
  '己已',
  '晴睛',
  '裕浴',
  '傅博',
  '桦烨',
  '玟政',
  '洪淇',
  '淅浙',
  '荣萦',
  '煌惶',
  '钢纲',
  '铭洺',
];
const OLD_FORMS = [
  '國国',
  '業业',
  '紡纺',
  '織织',
  '電电',
  '環环',
  '貿贸',
  '豐丰',
  '華华',
  '機机',
  '東东',
  '興兴',
  '達达',
  '順顺',
  '龍龙',
];
/** Surnames read in a way of their own, with that reading and the usual one of the character. */
const READ: readonly (readonly [string, string, string])[] = [
  ['单', 'Shan', 'Dan'],
  ['解', 'Xie', 'Jie'],
  ['仇', 'Qiu', 'Chou'],
  ['查', 'Zha', 'Cha'],
  ['曾', 'Zeng', 'Ceng'],
  ['朴', 'Piao', 'Pu'],
  ['尉迟', 'Yuchi', 'Weichi'],
  ['欧阳', 'Ouyang', 'Ouyin'],
  ['翟', 'Zhai', 'Di'],
  ['盖', 'Ge', 'Gai'],
];
const GIVEN: readonly (readonly [string, string])[] = [
  ['伟', 'Wei'],
  ['秀英', 'Xiuying'],
  ['建国', 'Jianguo'],
  ['海燕', 'Haiyan'],
  ['志强', 'Zhiqiang'],
];
const CODE = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const PLATE = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

const one = <T>(random: Random, list: ArrayLike<T>): T => list[integerIn(random, 0, list.length - 1)]!;
const other = <T>(random: Random, list: ArrayLike<T>, not: T): T => {
  let x = one(random, list);
  while (x === not) x = one(random, list);
  return x;
};

interface Firm {
  readonly place: string;
  readonly core: string;
  readonly trade: string;
}

function _firm(random: Random, cores: readonly string[]): Firm {
  return { place: one(random, PLACES), core: one(random, cores), trade: one(random, TRADES) };
}

const _full = (f: Firm, form = '有限公司'): string => `${f.place}${f.core}${f.trade}${form}`;

/** A core whose last character is of `group`, and the same core with another character of it, or, for pairs that differ, of another group. */
function _swapped(groups: readonly string[]): ZhClass['pair'] {
  return (random, same, cores) => {
    const group = one(random, groups);
    const [a, b] = [group[0]!, same ? group[1]! : other(random, groups, group)[0]!];
    const f = _firm(random, cores);
    const core = f.core.slice(0, 1);
    return [_full({ ...f, core: core + a }), _full({ ...f, core: core + b })];
  };
}

const _code = (random: Random): string => {
  const body = `91330${Array.from({ length: 12 }, (_x, i) => one(random, i < 3 ? '0123456789' : CODE)).join('')}`;
  return body + usccCheck(body);
};

export const ZH_CLASSES: readonly ZhClass[] = Object.freeze([
  { id: 'homophones', reads: 'firm', pair: _swapped(SOUNDS) },
  { id: 'look-alike characters', reads: 'firm', pair: _swapped(LOOKS) },
  {
    id: 'traditional and simplified',
    reads: 'firm',
    pair: (random, same, cores) => {
      const f = _firm(random, cores);
      const [a, b] = one(random, OLD_FORMS);
      const right = same ? b! : other(random, OLD_FORMS, a! + b!)[1]!;
      return [_full({ ...f, core: f.core.slice(0, 1) + a! }), _full({ ...f, core: f.core.slice(0, 1) + right })];
    },
  },
  {
    id: 'suffix variants',
    reads: 'firm',
    pair: (random, same, cores) => {
      const f = _firm(random, cores);
      return [
        _full(f),
        same
          ? _full(f, one(random, ['有限责任公司', '公司', '']))
          : _full(f, one(random, ['经营部', '门市部', '商店'])),
      ];
    },
  },
  {
    id: 'short names',
    reads: 'firm',
    pair: (random, same, cores) => {
      const f = _firm(random, cores);
      const g = same ? f : { ...f, core: other(random, cores, f.core) };
      return [_full(f), one(random, [g.core + g.trade, g.place + g.core, g.place + g.core + g.trade])];
    },
  },
  {
    id: 'branch names',
    reads: 'firm',
    pair: (random, same, cores) => {
      const f = _firm(random, cores);
      const town = one(random, ['练市', '双林', '菱湖']);
      return [`${_full(f)}${town}分公司`, same ? `${_full(f)}（${town}分公司）` : _full(f)];
    },
  },
  {
    id: 'surname readings',
    reads: 'person',
    pair: (random, same) => {
      const [han, right, wrong] = one(random, READ);
      const [name, latin] = one(random, GIVEN);
      return [han + name, `${same ? right : wrong} ${latin}`];
    },
  },
  {
    id: 'new-energy plates',
    reads: 'plate',
    pair: (random, same) => {
      const rest = Array.from({ length: 5 }, () => one(random, '0123456789')).join('');
      const plate = `浙E${one(random, 'DF')}${rest}`;
      if (same)
        return [plate, one(random, [`浙E·${plate.slice(2)}`, plate.slice(1), plate.toLowerCase(), plate.slice(0, -1)])];
      const at = integerIn(random, 3, 7);
      const far = other(random, '2479', plate[at]!);
      return [plate, plate.slice(0, at) + far + plate.slice(at + 1, 7) + other(random, PLATE.slice(-10), plate[7]!)];
    },
  },
  {
    id: 'wrong check digit',
    reads: 'code',
    pair: (random, same) => {
      const code = _code(random);
      if (same) return [code, code.slice(0, 17) + other(random, CODE, code[17]!)];
      const body = code.slice(0, 16) + other(random, CODE, code[16]!);
      return [code, body + usccCheck(body)];
    },
  },
  {
    id: 'address parts',
    reads: 'address',
    pair: (random, same) => {
      const [road, number] = [one(random, ['人民路', '南太湖大道', '泰安路', '南浔大道']), integerIn(random, 1, 900)];
      const town = one(random, ['练市镇', '双林镇', '和孚镇']);
      const left = `浙江省湖州市南浔区${town}${road}${number}号`;
      const n = same ? number : number + integerIn(random, 1, 9);
      return [
        left,
        one(random, [`南浔区${town}${road}${n}号`, `湖州市${town}${road}${n}号`, `${town} ${road} ${n} 号`]),
      ];
    },
  },
]);

/** Provinces are read only so that a made-up core is never one. */
export const isPlace = (core: string): boolean => PROVINCE_NAMES.includes(core);
