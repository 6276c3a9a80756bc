/** Resolves when `condition` holds of what `probe` answers. Fails after `withinMs`, telling what it last was. */
export async function until<T>(
  probe: () => Promise<T> | T,
  condition: (value: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (condition(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
