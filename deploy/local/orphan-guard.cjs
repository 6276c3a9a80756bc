// Outlives the process that started it just long enough to stop the children that this process left behind (kill -9,
// a crash). The parent writes "+<pid> <signal>" when a child starts and "-<pid>" when it has ended; the end of stdin
// means that the parent is gone. Plain JavaScript, so that it runs from the sources as well as beside dist.
const { createInterface } = require('node:readline');

const children = new Map();

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between.
  }
};

const waitUntilGone = async (pid, timeoutMs) => {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
};

const stopAll = async () => {
  for (const [pid, stopSignal] of [...children].reverse()) {
    signal(pid, stopSignal);
    await waitUntilGone(pid, 10_000);
    if (isAlive(pid)) signal(pid, 'SIGKILL');
  }
  process.exit(0);
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [, sign, pid, stopSignal] = /^([+-])(\d+) ?(\w*)$/.exec(line) ?? [];
  if (sign === '+') children.set(Number(pid), stopSignal);
  if (sign === '-') children.delete(Number(pid));
});
lines.on('close', () => void stopAll());
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
