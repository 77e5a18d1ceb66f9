import { PLACE_HEADS, PLACE_KINDS } from './places.ts';

/** A Chinese organisation name cut by its legal make-up: place · core (字号) · trade · legal form. */
export interface CompanyName {
  /** Comparable spelling: NFKC, upper case, no spaces, dots or brackets. */
  readonly full: string;
  readonly place: string;
  readonly core: string;
  readonly trade: string;
  readonly form: string;
  /** core + trade. */
  readonly body: string;
}

const FORMS: readonly string[] = Object.freeze(
  '股份有限公司 有限责任公司 集团有限公司 集团股份有限公司 集团有限责任公司 控股有限公司 控股股份有限公司 控股集团有限公司 投资控股有限公司 有限公司 股份公司 总公司 分公司 子公司 公司 集团 控股 股份 有限合伙 普通合伙 合伙企业 个人独资企业 个体工商户 专业合作社联合社 专业合作社 合作社 家庭农场 经营部 经销部 服务部 加工部 门市部 工作室 加工厂 总厂 分厂 厂 商行 商店 店 部 社 场 行 中心 事务所 研究院 研究所'
    .split(' ')
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
);

const TRADES: readonly string[] = Object.freeze(
  '新能源科技 环保科技 新材料科技 生物科技 信息技术 网络科技 电子科技 智能科技 农业科技 环境科技 环境工程 环境服务 环境治理 环境检测 环境保护 生态农业 危险货物运输 危险品运输 再生资源 资源再生 资源回收 物资回收 废旧物资 金属制品 金属表面处理 表面处理 五金制品 塑料制品 橡胶制品 木制品 竹木制品 纸制品 玻璃制品 水泥制品 混凝土 建筑材料 建筑工程 市政工程 土石方工程 土石方 渣土运输 工程机械 机械制造 机械设备 精密机械 汽车配件 汽车维修 汽车修理 汽车服务 汽车零部件 船舶修造 船舶修理 港口服务 内河运输 水上运输 航运 船务 航务 货物运输 货运代理 道路运输 物流运输 仓储物流 国际贸易 进出口 化学品 化学工业 精细化工 涂料化工 生物制药 医药化工 生物医药 食品饮料 房地产开发 房地产 置业 电力设备 电气设备 电子商务 电子材料 光电科技 光伏科技 蓄电池 新型材料 新型建材 复合材料 高分子材料 水产养殖 畜禽养殖 生猪养殖 养殖 畜牧 种植 农业开发 农业发展 园林绿化 绿化工程 服装服饰 服饰 针织 针纺织 喷织 织造 纺织品 纺织印染 印染 纺织 丝绸 纺丝 化纤 印花 染整 水洗 漂染 童装 服装 制衣 皮革 皮件 家具 家居 地板 木业 板材 胶合板 装饰 电镀 镀锌 酸洗 铝业 铝材 铜业 钢业 钢铁 钢管 不锈钢 特钢 铸造 锻造 模具 轴承 阀门 管业 管道 五金 金属 电缆 线缆 电器 电气 电机 电子 光电 光伏 电池 电源 能源 新能源 新材料 材料 化工 化学 树脂 涂料 油漆 颜料 助剂 染料 塑料 塑业 塑胶 橡胶 包装 印刷 印务 纸业 造纸 玻璃 陶瓷 水泥 砂石 石材 石料 砂业 矿业 建材 建筑 建设 工程 市政 路桥 劳务 机械 机电 设备 装备 重工 制造 汽车 汽修 汽配 船舶 物流 运输 货运 运业 储运 仓储 快递 供应链 贸易 商贸 实业 工贸 经贸 科技 技术 环保 环境 水务 净水 检测 生态 生物 制药 药业 医药 医疗 食品 饮料 粮油 水产 渔业 牧业 农业 餐饮 酒店 置业 地产 投资 发展 产业 工业 企业 管理 咨询 服务 资产 资源 再生 回收 物资 信息 网络 软件 传媒 文化 教育 证券 银行 保险 基金 租赁 电力 热电 燃气 水利 港务 交通 高速 旅游 百货 商业 零售 珠宝 油脂 油品 石化 石油 煤业 煤炭 铁路 航空 通信 通讯 半导体 智能 自动化 仪器 仪表 激光 玩具 日化 洗涤 清洗 保洁 拆迁 拆除 养护 混凝土 搅拌 沥青'
    .split(' ')
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
);

const _byLast = (words: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const out = new Map<string, string[]>();
  for (const w of words) {
    const last = w.at(-1)!;
    const list = out.get(last);
    if (list === undefined) out.set(last, [w]);
    else list.push(w);
  }
  return out;
};
const FORMS_BY_LAST = _byLast(FORMS);
const TRADES_BY_LAST = _byLast(TRADES);

/** Comparable spelling of any name: NFKC, upper case, letters and digits of every script only. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Marks that an exchange puts on a share's short name: ST, *ST, S at the head, the class of share at the end. */
const MARKET_MARKS = /^S?\*?ST(?=\p{Script=Han})|(?<=\p{Script=Han}{2})-?[AB]股?$/gu;

/** Cuts a name. What cannot be told apart stays in `core`; the parts never overlap and `core` is never empty for a non-empty name. */
export function parseCompanyName(name: string): CompanyName {
  const folded = name.normalize('NFKC').toUpperCase().replace(MARKET_MARKS, '');
  const full = plainName(folded);
  const inner = _bracketedPlaces(folded);
  const head = _giveBack(_stripPlaces(plainName(inner.rest)));
  const place = head.place + inner.place;
  const tail = _stripEnd(head.rest, FORMS_BY_LAST, 2, 3);
  const trade = _stripEnd(tail.rest, TRADES_BY_LAST, 1, 3);
  const core = trade.rest === '' ? (tail.rest === '' ? head.rest : tail.rest) : trade.rest;
  const cut = trade.rest === '' ? '' : trade.end;
  return { full, place, core, trade: cut, form: tail.end, body: core + cut };
}

/** Bracketed pieces that hold only a place, as in 宏鑫（湖州）纺织有限公司, count as place; other brackets stay. */
function _bracketedPlaces(name: string): { rest: string; place: string } {
  let place = '';
  const rest = name.replace(/[([【]([^)\]】]{2,8})[)\]】]/g, (whole, inside: string) => {
    const cut = _stripPlaces(plainName(inside), 0);
    if (cut.rest !== '') return whole;
    place += cut.place;
    return '';
  });
  return { rest, place };
}

/** Place names at the head, each with an optional kind; at least `leave` characters stay. */
function _stripPlaces(text: string, leave = 2): Head {
  let at = 0;
  let place = '';
  let last = '';
  for (;;) {
    const found = PLACE_HEADS.find((p) => text.startsWith(p, at) && text.length - at - p.length >= leave);
    if (found === undefined) break;
    at += found.length;
    const kind = PLACE_KINDS.find((k) => text.startsWith(k, at) && text.length - at - k.length >= leave);
    if (kind !== undefined) at += kind.length;
    place += found;
    last = kind === undefined ? found : '';
  }
  return { place, rest: text.slice(at), last };
}

interface Head {
  readonly place: string;
  readonly rest: string;
  /** The last place if it was written without its kind, so that it may be a core that only looks like a place. */
  readonly last: string;
}

/** 朝阳童装有限公司: when nothing but trade and form is left, the last place is the core. */
function _giveBack(head: Head): Head {
  if (head.last === '') return head;
  const body = _stripEnd(head.rest, FORMS_BY_LAST, 0, 3).rest;
  if (body !== '' && _stripEnd(body, TRADES_BY_LAST, 0, 3).rest !== '') return head;
  return { place: head.place.slice(0, -head.last.length), rest: head.last + head.rest, last: '' };
}

/** Known endings, longest first, up to `times`; at least `leave` characters stay. */
function _stripEnd(
  text: string,
  words: ReadonlyMap<string, readonly string[]>,
  leave: number,
  times: number,
): { rest: string; end: string } {
  let rest = text;
  let end = '';
  for (let n = 0; n < times; n++) {
    const found = words.get(rest.at(-1) ?? '')?.find((w) => rest.endsWith(w) && rest.length - w.length >= leave);
    if (found === undefined) break;
    rest = rest.slice(0, -found.length);
    end = found + end;
  }
  return { rest, end };
}

/** Whether two place heads can be of one firm: equal, one empty, or one holding the other (湖州 in 浙江湖州吴兴). */
export function placesAgree(a: string, b: string): boolean {
  return a === '' || b === '' || a.includes(b) || b.includes(a);
}
