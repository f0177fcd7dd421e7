import { rejectedDocument, rejectedHeader, rejectedLine } from './rejected-file.js';

const layout = { delimiter: ';', quote: '"', header: ['id', '', 'a;b'] };

describe('rejected rows', () => {
  it('carry line and reason before what they were', () => {
    expect(rejectedHeader(layout)).toBe('rejected_line;rejected_reason;id;column_2;"a;b"\n');
    const row = { line: 7, reason: 'says "no"; really', raw: '1;"x\n' };
    expect(rejectedLine(row, layout)).toBe('7;"says ""no""; really";1;"x\n');
  });

  it('stay as they came where there is no header', () => {
    expect(rejectedHeader({ ...layout, header: null })).toBe('');
    expect(rejectedLine({ line: 7, reason: 'no', raw: '1;2\r\n' }, { ...layout, header: null })).toBe(
      '1;2\n',
    );
  });

  it('stay JSON, with line and reason in it', () => {
    const lines = ['{"a":1}\n', '{}', '{"a":'].map((raw) => rejectedDocument({ line: 3, reason: 'no', raw }));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { $rejected: { line: 3, reason: 'no' }, a: 1 },
      { $rejected: { line: 3, reason: 'no' } },
      { $rejected: { line: 3, reason: 'no', raw: '{"a":' } },
    ]);
  });
});
