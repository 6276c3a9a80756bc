import { type PipeTransform } from '@nestjs/common';
import { Problem } from '@expo-accord/http';

/** The last step of `/{id}/{verb}`: what is no verb of the resource is no path. */
export class ActionPipe<Action extends string> implements PipeTransform<string, Action> {
  constructor(private readonly actions: readonly Action[]) {}

  transform(value: string): Action {
    const action = this.actions.find((known) => known === value);
    if (action === undefined) {
      throw new Problem('notFound', 'action-unknown', `There is no such action; known: ${this.actions.join(', ')}.`);
    }
    return action;
  }
}
