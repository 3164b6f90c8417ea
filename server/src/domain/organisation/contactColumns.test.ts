import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peopleOf } from '../../demo/people.ts';
import { type Contacts, contactsSchema, telephoneSchema } from '../../protocol/contacts.ts';
import { planRoster } from './planRoster.ts';
import { RosterRefused } from './roster.ts';
import { formatRoster, parseRoster } from './rosterCsv.ts';

const version = {
  ...{ code: 'vn', parent: null, path: 'vn', tier: 'nation', name: 'Việt Nam' },
  ...{ validFrom: '2021-01-01', validTo: null },
};
const person = (name: string, deputy = false) => ({ name, title: 'Chủ tịch', telephone: '0000 123 456', deputy });
const head = 'code,parent,tier,name,valid_from';
const row = 'vn,,nation,Việt Nam,2021-01-01';

test('CT5 contacts are written and read again as they were, whatever is missing of them', () => {
  const all: Contacts[] = [
    { telephone: '024 3804 5566', people: [person('Nguyễn Văn A'), person('Trần Thị B', true)] },
    { telephone: null, people: [{ name: 'Chỉ, tên', title: null, telephone: null, deputy: true }] },
    { telephone: null, people: Array.from({ length: 6 }, (_, i) => person(`Người ${i + 1}`)) },
    { telephone: '1900#2', people: [] },
    { telephone: '+84 236 1', people: [person('=HYPERLINK("http://x.vn","Gọi")')] },
  ];
  for (const contacts of all) {
    assert.deepEqual(contactsSchema.parse(contacts), contacts);
    const file = formatRoster([version], new Map([['vn', contacts]]));
    assert.doesNotMatch(file, /(^|,"?)[=@]/m, 'a spreadsheet finds no formula');
    const [read] = parseRoster(file);
    assert.deepEqual(read?.contacts, contacts);
  }
});

test('CT5 a file without these columns leaves contacts alone; with them it says all that there is', () => {
  const now = {
    tiers: [{ id: 'nation', rank: 0, name: 'Quốc gia', nameEn: 'Nation' }],
    versions: [version],
    contacts: new Map([['vn', { telephone: '024 1', people: [] }]]),
  };
  const planned = (text: string) => planRoster(now, [], parseRoster(text)).contacts;
  assert.deepEqual(planned(`${head}\n${row}\n`), []);
  assert.deepEqual(planned(`${head},telephone\n${row},024 1\n`), [], 'the same changes nothing');
  assert.deepEqual(planned(`${head},telephone\n${row},024 222\n`), [{ unit: 'vn', telephone: '024 222', people: [] }]);
  assert.deepEqual(planned(`${head},telephone\n${row},\n`), [{ unit: 'vn', telephone: null, people: [] }]);
  assert.deepEqual(
    planned(`${head},valid_to,telephone\n${row},2025-07-01,024 333\n`),
    [],
    'a unit that closes keeps its own',
  );
  const { added } = planRoster({ ...now, versions: [] }, [], parseRoster(`${head},telephone\n${row},024 222\n`));
  assert.deepEqual(added, [version], 'a version has no contacts');
});

test('CT5 an error names its line and column', () => {
  const refused = (columns: string, cells: string) => {
    try {
      parseRoster(`${head},${columns}\n${row},${cells}\n`);
    } catch (error) {
      if (error instanceof RosterRefused) return error.message;
    }
    return undefined;
  };
  assert.match(refused('telephone', 'ask Lan') ?? '', /^line 2: telephone: a telephone number has digits/);
  assert.match(
    refused('person_2_name,person_2_telephone', 'Lan,12') ?? '',
    /^line 2: person_2_telephone: .* three digits/,
  );
  assert.match(refused('person_1_name,person_1_title', ',Chủ tịch') ?? '', /^line 2: person_1_name: /);
});

test('CT1 CT3 what a telephone number may look like', () => {
  for (const number of ['0912 345 678', '+84 (0)236-3822.101', '113', '024.38045566#12'])
    assert.equal(telephoneSchema.parse(` ${number} `), number);
  for (const wrong of ['', '12', 'zalo', '0912345678 (Lan)', '1'.repeat(31), '12;34567', '<b>113</b>'])
    assert.equal(telephoneSchema.safeParse(wrong).success, false, wrong);
  assert.equal(contactsSchema.safeParse({ telephone: null, people: Array(7).fill(person('A')) }).success, false);
});

test('CT6 people of a demo are the same at each start, and their numbers are nobody’s', () => {
  const unit = { code: '26734', path: 'vn.79.760.26734' };
  const made = peopleOf(unit);
  assert.deepEqual(made, peopleOf(unit));
  assert.notDeepEqual(made.people, peopleOf({ code: '26737', path: 'vn.79.760.26737' }).people);
  const { unit: _, ...contacts } = made;
  assert.deepEqual(contactsSchema.parse(contacts), contacts);
  for (const number of [contacts.telephone, ...contacts.people.map(({ telephone }) => telephone)])
    assert.match(number ?? '', /^0000 \d{3} \d{3}$/);
});
