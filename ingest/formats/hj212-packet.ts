import { hj212Crc, modbusCrc } from './hj212-crc.ts';

/** One packet, checked; its data are the rows. */
export interface Hj212Packet {
  /** HJ 212 edition by the version bits of `Flag`: 2005, 2017 or 2025. */
  readonly version: number;
  readonly qn: string;
  readonly st: string;
  readonly cn: string;
  readonly mn: string;
  readonly dataTime: string;
  /** False when only CRC-16/MODBUS fits (lenient mode). */
  readonly crcOk: boolean;
  readonly rows: readonly Hj212Row[];
}

/** One factor of a packet. Values as written. */
export interface Hj212Row {
  readonly factor: string;
  /** Parameter name of a 3020 packet or state name (`RS`, `RT`); null for a measurement. */
  readonly info: string | null;
  /** Fields by their name in the packet: Min, Avg, Max, Cou, Rtd, Flag, EFlag, SampleTime, Zs… */
  readonly fields: ReadonlyMap<string, string>;
}

/** Why a text is no packet. */
export interface Hj212Fault {
  readonly rule: 'hj212-shape' | 'hj212-length' | 'crc' | 'crc-modbus' | 'hj212-version' | 'hj212-field';
  readonly message: string;
}

const VERSIONS: readonly number[] = [2005, 2017, 2025];

/** Reads `##llll…cccc` (without the line end) strictly: length in bytes, CRC of Annex A, version by the bits of Flag, no field twice with two values.
 *  @param options.strictCrc  false accepts CRC-16/MODBUS and says so in `crcOk`
 *  @source HJ 212-2017 §6, Annex A; version bits of HJ 212-2025 */
export function hj212Packet(bytes: Buffer, options: { readonly strictCrc: boolean }): Hj212Packet | Hj212Fault {
  if (bytes.length < 10 || bytes[0] !== 0x23 || bytes[1] !== 0x23)
    return _fault('hj212-shape', 'does not begin with ##');
  const digits = bytes.toString('latin1', 2, 6);
  if (!/^\d{4}$/.test(digits)) return _fault('hj212-shape', `"${digits}" is not a four-digit length`);
  const length = Number(digits);
  if (bytes.length !== 6 + length + 4)
    return _fault('hj212-length', `says ${length} bytes of data, has ${Math.max(0, bytes.length - 10)}`);
  const sent = bytes.toString('latin1', 6 + length);
  const crcOk = _matches(sent, hj212Crc(bytes, 6, 6 + length));
  if (!crcOk) {
    const modbus = _matches(sent, modbusCrc(bytes, 6, 6 + length));
    if (!modbus) return _fault('crc', `CRC ${sent} does not fit the data`);
    if (options.strictCrc) return _fault('crc-modbus', `CRC ${sent} is CRC-16/MODBUS, not the one of HJ 212 Annex A`);
  }
  return _segment(bytes.toString('utf8', 6, 6 + length), crcOk);
}

function _matches(sent: string, crc: number): boolean {
  return /^[0-9A-Fa-f]{4}$/.test(sent) && Number.parseInt(sent, 16) === crc;
}

function _segment(text: string, crcOk: boolean): Hj212Packet | Hj212Fault {
  const open = text.indexOf('CP=&&');
  const close = text.lastIndexOf('&&');
  if (open < 0 || close < open + 5 || close !== text.length - 2)
    return _fault('hj212-shape', 'has no CP=&&…&& at its end');
  const head = new Map<string, string>();
  const fault = _pairs(text.slice(0, open), head);
  if (fault !== null) return fault;
  const [mn, cn, flag] = [head.get('MN'), head.get('CN'), head.get('Flag')];
  if (mn === undefined || mn === '' || cn === undefined || !/^\d{4}$/.test(cn))
    return _fault('hj212-shape', 'lacks MN or CN');
  const version = flag === undefined ? 2005 : /^\d{1,2}$/.test(flag) ? VERSIONS[Number(flag) >> 2] : undefined; // packets of 2005 may lack Flag
  if (version === undefined) return _fault('hj212-version', `Flag ${flag} names no edition of HJ 212`);
  const data = _data(text.slice(open + 5, close), cn);
  if ('rule' in data) return data;
  return {
    version,
    qn: head.get('QN') ?? '',
    st: head.get('ST') ?? '',
    cn,
    mn,
    dataTime: data.dataTime,
    crcOk,
    rows: data.rows,
  };
}

function _pairs(text: string, into: Map<string, string>): Hj212Fault | null {
  for (const item of text.split(';')) {
    if (item === '') continue;
    const at = item.indexOf('=');
    if (at <= 0) return _fault('hj212-field', `"${item.slice(0, 60)}" has no name and value`);
    const [name, value] = [item.slice(0, at), item.slice(at + 1)];
    const before = into.get(name);
    if (before !== undefined && before !== value)
      return _fault('hj212-field', `${name} is given twice, ${before} and ${value}`);
    into.set(name, value);
  }
  return null;
}

/** Items by `;`, fields by `,`; `factor-Field=value`. DataTime, PolId and other names without a hyphen belong to the packet. */
function _data(text: string, cn: string): { dataTime: string; rows: Hj212Row[] } | Hj212Fault {
  const packet = new Map<string, string>();
  const factors = new Map<string, Map<string, string>>();
  for (const item of text.split(/[;,]/)) {
    if (item === '') continue;
    const at = item.indexOf('=');
    if (at <= 0) return _fault('hj212-field', `"${item.slice(0, 60)}" has no name and value`);
    const hyphen = item.lastIndexOf('-', at);
    const [name, value] = [item.slice(0, at), item.slice(at + 1)];
    let fields = packet;
    if (hyphen > 0) {
      const factor = item.slice(0, hyphen);
      const known = factors.get(factor);
      if (known === undefined) factors.set(factor, (fields = new Map()));
      else fields = known;
    }
    const field = hyphen > 0 ? item.slice(hyphen + 1, at) : name;
    const before = fields.get(field);
    if (before !== undefined && before !== value)
      return _fault('hj212-field', `${name} is given twice, ${before} and ${value}`);
    fields.set(field, value);
  }
  const about = packet.get('PolId') ?? null;
  const rows: Hj212Row[] = [];
  for (const [factor, fields] of factors) rows.push(..._rowsOf(factor, fields, cn === '3020' ? about : null));
  return { dataTime: packet.get('DataTime') ?? '', rows };
}

/** A parameter (`i13008-Info` of 3020) and a state (`SB001-RS`) are rows named by what they tell of; a measurement is one row. */
function _rowsOf(factor: string, fields: Map<string, string>, about: string | null): Hj212Row[] {
  const info = fields.get('Info');
  if (info !== undefined) return [{ factor: about ?? '', info: factor, fields: new Map([['Avg', info]]) }];
  const states = [...fields].filter(([name]) => name === 'RS' || name === 'RT');
  if (states.length > 0 && states.length === fields.size)
    return states.map(([name, value]) => ({ factor, info: name, fields: new Map([['Avg', value]]) }));
  return [{ factor, info: null, fields }];
}

function _fault(rule: Hj212Fault['rule'], message: string): Hj212Fault {
  return { rule, message };
}
