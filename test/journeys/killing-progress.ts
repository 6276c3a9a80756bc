import { type ServiceName } from '@expo-accord/contracts';
import { Progress } from '../../deploy/demo/progress';
import { type LocalStack } from '../../deploy/local/stack';

/** Kills a service (SIGKILL) in the middle of each step that reports how far it is, one service after another, and starts it again. */
export class KillingProgress extends Progress {
  readonly killed: ServiceName[] = [];

  constructor(
    private readonly stack: LocalStack,
    private readonly victims: ServiceName[],
  ) {
    super({ isTTY: false, write: () => true } as unknown as NodeJS.WriteStream);
  }

  override async step<T>(_title: string, work: (report: (done: number, of: number) => void) => Promise<T>): Promise<T> {
    let recovery: Promise<void> | undefined;
    const result = await work((done, of) => {
      if (recovery === undefined && done > 0 && done < of) recovery = this.killNext();
    });
    await recovery;
    return result;
  }

  private async killNext(): Promise<void> {
    const victim = this.victims.find((name) => !this.killed.includes(name));
    if (victim === undefined) return;
    this.killed.push(victim);
    await this.stack.killAndRestart(victim);
  }
}
