import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareFolder } from './disk-space';
import { LocalProblem } from './local-problem';

describe('the folder for everything that is kept', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'expo-accord-disk-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is made where there is room', async () => {
    await expect(prepareFolder(join(folder, 'data'), 1)).resolves.toBeUndefined();
  });

  it('is refused in one sentence on a disk with too little room', async () => {
    const refused = prepareFolder(folder, 1_000_000_000);
    await expect(refused).rejects.toBeInstanceOf(LocalProblem);
    await expect(refused).rejects.toThrow(/^The disk that holds .* has \d+ MB left, and 1000000000 MB are needed\.$/);
  });

  it('is refused in one sentence where it cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(prepareFolder(join(file, 'data'), 1)).rejects.toThrow(/^The folder .* cannot be made: E[A-Z]+/);
  });
});
