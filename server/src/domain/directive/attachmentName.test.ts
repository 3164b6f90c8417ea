import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachmentName } from './attachmentName.ts';

test('DR24 a name is made one that any computer can save, and made once only', () => {
  const table: [string, string, string][] = [
    ['Chỉ thị 16.pdf', 'application/pdf', 'Chỉ thị 16.pdf'],
    ['Chỉ thị.pdf'.normalize('NFD'), 'application/pdf', 'Chỉ thị.pdf'],
    ['ẢNH.JPEG', 'image/jpeg', 'ẢNH.JPEG'],
    ['../../etc/passwd', 'text/plain', '_.._etc_passwd.txt'],
    ['C:\\tệp\\báo cáo.csv', 'text/csv', 'C__tệp_báo cáo.csv'],
    ['run.bat', 'text/plain', 'run.bat.txt'],
    ['gpj.\u202efdp.exe', 'application/pdf', 'gpj._fdp.exe.pdf'],
    ['a"b\r\nc.txt', 'text/plain', 'a_b__c.txt'],
    ['.htaccess', 'text/plain', 'htaccess.txt'],
    ['...', 'application/pdf', 'file.pdf'],
    ['.pdf', 'application/pdf', 'pdf.pdf'],
  ];
  for (const [name, type, expected] of table) {
    assert.equal(attachmentName(name, type), expected);
    assert.equal(attachmentName(expected, type), expected);
  }
});

test('DR24 a long name keeps its extension, and no character is cut in two', () => {
  const name = attachmentName(
    `${'𠀀'.repeat(300)}.docx.xlsx`,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
  assert.ok(name.length <= 200 && name.length > 195);
  assert.ok(name.endsWith('𠀀.xlsx'));
});
