// A command or a crash on real parts takes seconds, and more on a busy machine; a spec that needs longer says so.
jest.setTimeout(120_000);
