import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandPassword } from './passwordRules.ts';

const owner = { login: 'ubnd.ben-nghe', name: 'Nguyễn Thị Đào', unit: 'Phường Bến Nghé' };
const reasonOf = (password: string): string => {
  try {
    demandPassword(password, owner);
    return 'taken';
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
};

test('PW6 what others guess first is refused, however it is written', () => {
  const weak = {
    common: ['1234567890', 'qwertyuiop', 'Password123', ' 1q2w3e4r5t ', '１２３４５６７８９０', 'BASKETBALL'],
    Vietnamese: [
      'matkhau123',
      'Mật khẩu 123',
      'MẬT KHẨU 123'.normalize('NFD'),
      'anhyeuem123',
      'vietnam2026',
      'maatjkhaaur1',
    ],
    own: ['ubnd.ben-nghe', 'UBND Bến Nghé', 'Nguyễn Thị Đào', 'nguyenthidao', 'phuongbennghe', 'Phường Bến Nghé'],
    repeated: ['aaaaaaaaaa', '----------', 'ĐĐĐĐĐĐĐĐĐĐĐ', '7 7 7 7 7 7 7 7 7 7'],
    sequences: ['abcdefghijkl', '98765432109876', '456789012345', 'zyxwvutsrqponm', '3 4 5 6 7 8 9 0 1 2'],
  };
  for (const [kind, words] of Object.entries(weak))
    for (const word of words) assert.equal(reasonOf(word), 'weak-password', `${kind}: ${word}`);
  for (const short of ['', 'short', '          ', '   ngan   ', '\u3000'.repeat(12)])
    assert.equal(reasonOf(short), 'bad-request', JSON.stringify(short));
});

test('PW6 no more than that is refused: neither long sentences nor what has no signs or digits', () => {
  for (const good of [
    'một mật khẩu dài',
    'mưa rơi trên mái tôn',
    'bốn con trâu đen',
    'k7f2p9x4w1',
    'ubnd.ben-nghe và tôi',
  ])
    assert.equal(reasonOf(good), 'taken', good);
});
