import { theme } from 'antd';

/** Whether the page is dark now, read from its theme. */
export function useIsDark(): boolean {
  const { token } = theme.useToken();
  const match = /^#(..)(..)(..)/.exec(token.colorBgContainer);
  return match !== null && match.slice(1).reduce((sum, part) => sum + parseInt(part, 16), 0) < 384;
}
