import { type Setting, type SettingsSpec } from './setting';

/** The settings of one process. */
export interface ServiceSettings {
  service: string;
  spec: SettingsSpec;
}

interface Row {
  cells: string;
  services: string[];
}

/**
 * Markdown with a table for each set of services that read the same settings alike, the largest set first. Defaults of
 * secrets are not shown.
 */
export function settingsReference(services: readonly ServiceSettings[]): string {
  const rows = new Map<string, Row>();
  for (const { service, spec } of services) {
    for (const [name, setting] of Object.entries(spec)) {
      const cells = cellsOf(name, setting);
      const row = rows.get(cells) ?? { cells, services: [] };
      row.services.push(service);
      rows.set(cells, row);
    }
  }
  const readers = [...new Set([...rows.values()].map((row) => row.services.join(', ')))];
  return readers
    .sort((one, other) => other.split(', ').length - one.split(', ').length)
    .flatMap((names) => {
      const isEvery = services.length > 1 && names.split(', ').length === services.length;
      return section(
        isEvery ? 'Every service' : names,
        [...rows.values()].filter((row) => row.services.join(', ') === names),
      );
    })
    .join('\n');
}

function section(title: string, rows: readonly Row[]): string[] {
  const cells = rows.map((row) => row.cells).sort();
  return [`## ${title}`, '', '| Setting | Meaning | Value | Default |', '| --- | --- | --- | --- |', ...cells, ''];
}

function cellsOf(name: string, setting: Setting<unknown>): string {
  const variable = setting.fromFile ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``;
  const example = setting.example === undefined ? '' : `, for example \`${setting.example}\``;
  return `| ${[variable, setting.desc, `${setting.expected}${example}`, defaultOf(setting)].map(escaped).join(' | ')} |`;
}

function defaultOf(setting: Setting<unknown>): string {
  if (!('default' in setting)) return 'required';
  if (setting.default === undefined) return 'not set';
  return setting.secret
    ? 'secret'
    : `\`${Array.isArray(setting.default) ? setting.default.join(',') : JSON.stringify(setting.default)}\``;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
