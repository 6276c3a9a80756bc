/** Shows how far a step is: one line that redraws itself on a terminal, one line for each step elsewhere. */
export class Progress {
  constructor(private readonly output: NodeJS.WriteStream = process.stdout) {}

  async step<T>(title: string, work: (report: (done: number, of: number) => void) => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    if (this.output.isTTY) this.output.write(`  … ${title}`);
    const result = await work((done, of) => {
      if (this.output.isTTY)
        this.redraw(`  … ${title}  ${bar(done, of)} ${done.toLocaleString('en')}/${of.toLocaleString('en')}`);
    });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    if (this.output.isTTY) this.redraw('');
    this.output.write(`  ✓ ${title} (${seconds} s)\n`);
    return result;
  }

  private redraw(line: string): void {
    this.output.write(`\r\u001b[2K${line}`);
  }
}

function bar(done: number, of: number): string {
  const filled = Math.round((20 * done) / Math.max(of, 1));
  return '█'.repeat(filled) + '░'.repeat(20 - filled);
}
