import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell(row: Row): ReactNode;
  /** Numbers stand at the end. */
  align?: 'end';
}

export interface TableProps<Row> {
  /** What the table shows. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  hideCaption?: boolean;
}

/** Rows and columns, read as such by assistive technology. The first column names its row. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  hideCaption = true,
}: TableProps<Row>): ReactNode {
  return (
    <div className="ui-table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="ui-table">
        <caption className={hideCaption ? 'ui-hidden' : ''}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, header, align }) => (
              <th key={key} scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, cell, align }, at) =>
                at === 0 ? (
                  <th key={key} scope="row" data-align={align} style={{ color: 'inherit' }}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} data-align={align}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
