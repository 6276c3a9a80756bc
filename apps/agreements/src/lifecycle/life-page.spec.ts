import { readFileSync } from 'node:fs';
import { lifePage } from './life-page';

it('draws the lives that the tables declare (npm run docs:life draws it anew)', () => {
  expect(readFileSync('apps/agreements/LIFE.md', 'utf8')).toBe(lifePage());
});
