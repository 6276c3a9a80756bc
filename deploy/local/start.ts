import { runLocally } from './local-program';

/** `npm start`: the whole product on this machine, until somebody stops it. */
void runLocally(() => Promise.resolve('stayUp'));
