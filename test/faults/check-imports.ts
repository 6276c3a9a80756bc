import { type Finding } from './history';
import { type ImportStory } from './workload';

/** Every line of an acknowledged import has made one registration, and no line has made two. */
export function checkImports(imports: readonly ImportStory[], registrations: ReadonlyMap<string, number>): Finding[] {
  const asked = new Set(imports.flatMap(({ lines }) => lines));
  return [
    ...imports.flatMap(({ id, lines }) =>
      lines.flatMap((line): Finding[] => {
        const count = registrations.get(line) ?? 0;
        const about = `/imports/${id ?? 'unanswered'} ${line}`;
        if (count > 1) return [{ kind: 'double', about, detail: `made ${count} registrations` }];
        return count === 0 && id !== null ? [{ kind: 'loss', about, detail: 'was acknowledged, and made none' }] : [];
      }),
    ),
    ...[...registrations.keys()]
      .filter((line) => !asked.has(line))
      .map((line): Finding => ({ kind: 'difference', about: line, detail: 'nobody sent it' })),
  ];
}
