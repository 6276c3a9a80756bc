import { actionNotAllowed } from '@expo-accord/http';
import { IllegalStep } from './lifecycle.rules';

/** What `decide` answers; a step that is illegal is told to the caller with those that are not. */
export function legalStep<T>(decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (error instanceof IllegalStep) throw actionNotAllowed(error.action, error.status, error.allowedActions);
    throw error;
  }
}
