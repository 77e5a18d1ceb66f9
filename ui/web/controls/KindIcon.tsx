import {
  BankOutlined,
  CarOutlined,
  EnvironmentOutlined,
  NodeIndexOutlined,
  QuestionOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

const ICONS: Readonly<Record<string, ReactNode>> = {
  company: <BankOutlined />,
  site: <EnvironmentOutlined />,
  vehicle: <CarOutlined />,
  ship: <NodeIndexOutlined />,
  person: <UserOutlined />,
};

/** The sign of a kind of entity; the name stands beside it in words. */
export function KindIcon({ kind }: { readonly kind: string }) {
  return <span aria-hidden>{ICONS[kind] ?? <QuestionOutlined />}</span>;
}
