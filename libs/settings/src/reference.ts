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
 * Markdown with a table of the settings that every service reads alike, and one for each service with what differs
 * there. Defaults of secrets are not shown.
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
  const everywhere = [...rows.values()].filter((row) => row.services.length === services.length);
  const own = (service: string) =>
    [...rows.values()].filter((row) => !everywhere.includes(row) && row.services.includes(service));
  return [
    ...(services.length > 1 ? section('Every service', everywhere) : []),
    ...services.flatMap(({ service }) => section(service, services.length > 1 ? own(service) : [...rows.values()])),
  ].join('\n');
}

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
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
