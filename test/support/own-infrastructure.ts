import { type Infrastructure } from '../../deploy/local/infrastructure';

interface Started {
  infrastructure: Infrastructure;
  folder: string;
}

declare global {
  var expoAccordTestInfrastructure: { started?: Started } | undefined;
}

/**
 * What this run has started and has to stop. jest loads globalSetup and globalTeardown as two separate module trees, so
 * only the global object is the same for both.
 */
export const ownInfrastructure = (globalThis.expoAccordTestInfrastructure ??= {});
