import { type ThemeConfig, theme } from 'antd';

/** Colours and sizes of both themes: calm grounds, one blue, dense rows. */
export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      borderRadius: 4,
      controlHeight: 30,
      fontSize: 14,
      ...(dark
        ? {
            colorPrimary: '#3b8fd9',
            colorInfo: '#3b8fd9',
            colorLink: '#6cb4f5',
            colorBgBase: '#0d1520',
            colorBgLayout: '#0a111a',
            colorTextBase: '#e6edf5',
            colorTextDescription: '#a3b4c8',
            colorTextTertiary: '#a3b4c8',
            colorTextPlaceholder: '#93a5ba',
            colorBgContainer: '#121d2b',
            colorBgElevated: '#18263a',
            colorBorderSecondary: '#22324a',
            colorBorder: '#33465f',
            colorError: '#ff8f85',
            colorErrorBg: '#2c1618',
            colorErrorBorder: '#5b2526',
          }
        : {
            colorPrimary: '#0a5fa8',
            colorInfo: '#0a5fa8',
            colorLink: '#0a5fa8',
            colorBgLayout: '#f3f5f8',
            colorTextDescription: '#59636e',
            colorTextTertiary: '#59636e',
            colorTextPlaceholder: '#66717d',
            colorError: '#c0271c',
            colorWarning: '#9a5b00',
            colorSuccess: '#1f7a3d',
            colorErrorBg: '#fff2f0',
            colorErrorBorder: '#f1b5ae',
            colorWarningBg: '#fff8e6',
            colorWarningBorder: '#ecd08f',
            colorSuccessBg: '#f0faf2',
            colorSuccessBorder: '#a9d8b4',
          }),
    },
    components: {
      Layout: { headerHeight: 48, headerBg: '#0b2239', headerColor: '#fff' },
      Menu: {
        darkItemBg: '#0b2239',
        darkPopupBg: '#0b2239',
        darkItemSelectedBg: '#0a5fa8',
        horizontalLineHeight: '48px',
      },
      Table: { cellPaddingBlockSM: 6 },
      Card: { headerHeightSM: 36 },
      ...(dark
        ? { Button: { primaryColor: '#000' }, Tabs: { itemSelectedColor: '#7cbcf7', inkBarColor: '#7cbcf7' } }
        : {}),
    },
  };
}
