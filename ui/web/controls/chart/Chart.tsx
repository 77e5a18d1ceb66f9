import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { theme } from 'antd';
import { useEffect, useRef } from 'react';

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

export interface ChartProps {
  readonly option: EChartsCoreOption;
  readonly height: number | string;
  /** What the picture shows, for those who cannot see it; the numbers stand in a table or text beside it. */
  readonly label: string;
  readonly onClick?: (data: unknown) => void;
}

/** A drawing by ECharts in the colours of the theme; it follows its box. One lazy chunk: import it with `React.lazy`. */
export default function Chart({ option, height, label, onClick }: ChartProps) {
  const box = useRef<HTMLElement>(null);
  const { token } = theme.useToken();
  useEffect(() => {
    const chart = init(box.current!);
    const follow = new ResizeObserver(() => chart.resize());
    follow.observe(box.current!);
    chart.setOption({
      backgroundColor: 'transparent',
      animation: false,
      textStyle: { color: token.colorText, fontFamily: 'inherit', fontSize: 12 },
      color: [token.colorPrimary, token.colorWarning, token.colorSuccess, token.colorError, token.purple, token.cyan],
      ...option,
    });
    if (onClick !== undefined) chart.on('click', (event) => onClick(event.data));
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [option, token, onClick]);
  return <figure ref={box} aria-label={label} style={{ height, width: '100%', margin: 0 }} />;
}
