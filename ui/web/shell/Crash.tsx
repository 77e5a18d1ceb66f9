import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import i18next from 'i18next';

/** What is shown when a view fails to load or breaks: plain words and a way on, and the rest of the page stays. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <Result
        status="error"
        title={i18next.t('shell:crashed')}
        subTitle={this.state.error.message}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {i18next.t('shell:reload')}
          </Button>
        }
      />
    );
  }
}
