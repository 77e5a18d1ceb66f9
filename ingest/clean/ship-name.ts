import { PROVINCES } from './plate.ts';
import { plain } from './text.ts';

/** A ship's name taken apart: 浙 湖州 货 1234. */
export interface ShipName {
  readonly province: string;
  readonly place: string;
  /** 货 freight, 机 motor, 拖 tug, 油 and 危 tank, 工 works, 采 and 吸 dredger, 渔 fishing; as written. */
  readonly trade: string;
  readonly number: string;
}

const SHAPE = new RegExp(
  `^([${PROVINCES}])([\\p{Script=Han}]{1,4}?)(货机|货|机|拖|油|危|工|采|吸|渔|集|驳|客)(\\d{1,6})$`,
  'u',
);

/** The parts of a ship's name, or null. Names are reused after renaming: never a key alone. */
export function shipNameParts(sent: string): ShipName | null {
  const match = SHAPE.exec(plain(sent).replaceAll(' ', ''));
  return match === null ? null : { province: match[1]!, place: match[2]!, trade: match[3]!, number: match[4]! };
}

/** 船舶识别号 `CN2018…`: shape only, its check algorithm is not public. */
export function isShipId(text: string): boolean {
  return /^CN(19|20)\d{2}\d{6}[0-9A-Z]$/.test(text);
}
