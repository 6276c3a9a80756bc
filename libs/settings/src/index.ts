export {
  flag,
  fraction,
  integer,
  list,
  oneOf,
  optional,
  pem,
  pems,
  port,
  text,
  url,
  type Setting,
  type SettingOptions,
  type SettingsOf,
  type SettingsSpec,
} from './setting';
export { defineSettings, readSettings, SettingsError, type Environment } from './read';
export { settingsReference, type ServiceSettings } from './reference';
