import readSheets from 'read-excel-file/node';

/** A sheet as rows of cells: text, number, boolean, Date (its UTC reading is the cell's local one), or null. */
export interface XlsxSheet {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

/** Every sheet of a workbook. Rejects on anything that is not a whole ZIP archive of the workbook's parts. */
export async function readXlsxSheets(path: string): Promise<XlsxSheet[]> {
  return (await readSheets(path)) as unknown as XlsxSheet[];
}
