/** Roles and rights, as data: the server checks them in one place, the page reads them to show only what works. */

export const ROLES = ['analyst', 'investigator', 'scientist', 'supervisor', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What an operation needs. `public` needs no session, `signed-in` only one. */
export const RIGHTS = [
  'public',
  'signed-in',
  'leads.read',
  'leads.decide',
  'leads.assign',
  'graph.read',
  'views.write',
  'judgements.write',
  'persons.read',
  'persons.unlock',
  'sources.read',
  'sources.write',
  'models.read',
  'models.write',
  'cases.read',
  'cases.write',
  'audit.read',
  'accounts.write',
] as const;
export type Right = (typeof RIGHTS)[number];

/** What each right lets its holder do, for the page of roles and for docs/access.md. */
export const RIGHT_TEXTS: Readonly<Record<Right, { readonly zh: string; readonly en: string }>> = {
  public: { zh: '无需登录', en: 'without signing in' },
  'signed-in': { zh: '自己的会话、消息、评论', en: 'own session, messages and comments' },
  'leads.read': { zh: '查看线索、理由和报告', en: 'see leads, reasons and reports' },
  'leads.decide': { zh: '对线索作出核查结论', en: 'give the verdict on a lead' },
  'leads.assign': { zh: '分派线索', en: 'assign leads' },
  'graph.read': { zh: '查看图谱、实体和检索', en: 'see the graph, entities and search' },
  'views.write': { zh: '保存和共享画布', en: 'save and share canvases' },
  'judgements.write': { zh: '判定是否同一实体', en: 'judge whether two records are one entity' },
  'persons.read': { zh: '说明目的后查看个人信息（默认遮盖）', en: 'read personal data for a stated purpose (masked)' },
  'persons.unlock': { zh: '作为第二人批准解除遮盖', en: 'approve an unlock as the second officer' },
  'sources.read': { zh: '查看数据源和质量', en: 'see sources and their quality' },
  'sources.write': { zh: '上传文件、登记映射', en: 'upload files and map tables' },
  'models.read': { zh: '查看模型卡和指标', en: 'see models, cards and figures' },
  'models.write': { zh: '训练、启用、回退模型', en: 'train, promote and roll back models' },
  'cases.read': { zh: '查看案件', en: 'see cases' },
  'cases.write': { zh: '立案、推进、归档案件和证据', en: 'open and move cases, keep evidence' },
  'audit.read': { zh: '查看和核验审计记录', en: 'read and verify the audit log' },
  'accounts.write': { zh: '管理账号、角色和临时授权', en: 'manage accounts, roles and time-limited grants' },
};

/** Every role has `public` and `signed-in` besides what stands here. An account may have several roles. */
export const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  analyst: [
    'leads.read',
    'graph.read',
    'views.write',
    'judgements.write',
    'persons.read',
    'sources.read',
    'models.read',
    'cases.read',
  ],
  investigator: [
    'leads.read',
    'leads.decide',
    'graph.read',
    'views.write',
    'judgements.write',
    'persons.read',
    'sources.read',
    'cases.read',
    'cases.write',
  ],
  scientist: ['leads.read', 'graph.read', 'views.write', 'sources.read', 'models.read', 'models.write'],
  supervisor: [
    'leads.read',
    'leads.decide',
    'leads.assign',
    'graph.read',
    'views.write',
    'persons.read',
    'persons.unlock',
    'sources.read',
    'models.read',
    'cases.read',
    'cases.write',
  ],
  auditor: ['leads.read', 'sources.read', 'models.read', 'cases.read', 'audit.read'],
  admin: ['sources.read', 'sources.write', 'accounts.write'],
};

/** Rights of an account with these roles, in the order of `RIGHTS`. */
export function rightsOf(roles: readonly Role[]): Right[] {
  const held = new Set<Right>(['public', 'signed-in', ...roles.flatMap((role) => ROLE_RIGHTS[role])]);
  return RIGHTS.filter((right) => held.has(right));
}
