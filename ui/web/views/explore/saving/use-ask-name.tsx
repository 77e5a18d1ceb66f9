import { App, Input } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A small dialog that asks for one text; it stays open, and says why, when the work fails. */
export function useAskName(): (title: string, first: string, done: (name: string) => Promise<void> | void) => void {
  const { modal, message } = App.useApp();
  const { t } = useTranslation('explore');
  return useCallback(
    (title, first, done) => {
      let name = first;
      modal.confirm({
        title,
        content: (
          <Input maxLength={200} defaultValue={first} aria-label={title} onChange={(e) => (name = e.target.value)} />
        ),
        onOk: async () => {
          try {
            if (name.trim() === '') throw new Error(t('nameNeeded'));
            await done(name.trim());
          } catch (error) {
            void message.error((error as Error).message);
            throw error;
          }
        },
      });
    },
    [modal, message, t],
  );
}
