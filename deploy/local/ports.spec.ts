import { createServer } from 'node:net';
import { claimPort } from './ports';

describe('claiming a port', () => {
  it('gives nobody a port that somebody else was given and does not listen on yet', async () => {
    const claimed = await Promise.all(Array.from({ length: 300 }, () => claimPort('this spec')));
    expect(new Set(claimed).size).toBe(claimed.length);
  });

  it('gives one on which the claimer can listen', async () => {
    const port = await claimPort('this spec');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await expect(claimPort('another', port)).rejects.toThrow(
      `Port ${port} for another is in use: stop what listens there, or choose another port.`,
    );
    server.close();
  });
});
