import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { driftRules } from './t04-drift.ts';
import { valueRules } from './t04-values.ts';
import { type Typology, parameter } from './typology.ts';

/** T04 monitor tampering. Only hours flagged N are evaluated; flagged hours are set aside with the flag as the reason. */
export const T04: Typology = {
  id: 'T04',
  title: { zh: '自动监测数据造假', en: 'Monitor tampering' },
  subjectKinds: ['company', 'site'],
  parameters: [
    parameter('cycles', ['相同采样周期数', 'equal sampling cycles'], {
      value: 6,
      min: 3,
      max: 48,
      unit: '',
      integer: true,
    }),
    parameter('variation', ['24 小时变异系数', 'coefficient of variation over 24 h'], {
      value: 0.005,
      min: 0.0005,
      max: 0.05,
      unit: '',
    }),
    parameter('pinLow', ['贴限下界', 'pinned from, share of the limit'], { value: 0.9, min: 0.5, max: 1, unit: '' }),
    parameter('pinHigh', ['贴限上界', 'pinned to, share of the limit'], { value: 0.99, min: 0.6, max: 1.1, unit: '' }),
    parameter('pinDays', ['贴限天数', 'pinned days in seven'], { value: 4, min: 2, max: 7, unit: 'd', integer: true }),
    parameter('flagTimes', ['标记占比倍数', 'share of flagged hours, times the peers'], {
      value: 3,
      min: 1.5,
      max: 20,
      unit: '×',
    }),
    parameter('flagShare', ['标记占比下限', 'least share of flagged hours in a day'], {
      value: 0.25,
      min: 0.05,
      max: 1,
      unit: '',
    }),
    parameter('parameterStep', ['参数改变幅度', 'step of slope, intercept or range'], {
      value: 0.05,
      min: 0.01,
      max: 1,
      unit: '',
    }),
    parameter('pumpHours', ['采样泵停而有值小时数', 'hours with values, pump off'], {
      value: 6,
      min: 2,
      max: 72,
      unit: 'h',
      integer: true,
    }),
    parameter('relation', ['因子相关系数下限', 'correlation under which a usual relation is broken'], {
      value: 0.2,
      min: -0.5,
      max: 0.6,
      unit: '',
    }),
    parameter('twinShare', ['残差相同比例', 'share of hours with another device’s residual'], {
      value: 0.5,
      min: 0.2,
      max: 1,
      unit: '',
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T04']!,
  evidence: [
    { id: 'packets', zh: '原始数据包及 CRC 状态', en: 'raw packets with CRC state', from: ['eco_cems_hour'] },
    { id: 'parameters', zh: '参数修改历史', en: 'parameter history', from: ['eco_cems_hour'] },
    { id: 'pump-power', zh: '采样泵、产污设施用电', en: 'pump and line power', from: ['pwr_point_15m'] },
    { id: 'flags', zh: '运维、校准、故障台账', en: 'maintenance, calibration and fault log', from: [] },
    { id: 'door-log', zh: '站房门禁与视频', en: 'door log and video of the station', from: [] },
    { id: 'comparison', zh: '比对监测报告', en: 'comparison test by hand', from: [] },
  ],
  lookAlikes: [
    { id: 'two-hour-grab', zh: '两小时采样一次、逐时重复', en: 'a two-hour grab repeated hourly' },
    { id: 'detection-floor', zh: '检出限或分辨率所致', en: 'detection floor or coarse resolution' },
    { id: 'no-flow', zh: '枯季、停产无水排放', en: 'dry season or stop: no flow' },
    { id: 'flagged', zh: '已标记维护、校准、故障、停运', en: 'flagged M, C, D, F, B or T: not evaluable' },
    { id: 'production-off', zh: '生产确已停止', en: 'production is off indeed' },
    { id: 'calibration', zh: '校准、维护期间的参数调整', en: 'the parameter changed in a marked calibration' },
  ],
  reads: ['src_eco_cems_hour', 'src_eco_monitor', 'entity_key', 'subject'],
  prepared: ['device_site', 'cems_value', 'cems_run', 'cems_limit', 'power_day'],
  signalSql: (f) => [...valueRules(f), ...driftRules(f)],
};
