import { FileSearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { rowsAt } from './RowDrawer.tsx';
import { useAddress } from './address.ts';

/** A button to the rows that something rests on. */
export function RowLinks({ rowIds }: { readonly rowIds: readonly string[] }) {
  const { t } = useTranslation('rows');
  const { put } = useAddress();
  if (rowIds.length === 0) return null;
  return (
    <Button
      type="link"
      size="small"
      style={{ paddingInline: 0 }}
      icon={<FileSearchOutlined />}
      onClick={() => put(rowsAt(rowIds))}
    >
      {t('rows', { n: rowIds.length })}
    </Button>
  );
}
