import { IsCode, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { IsName } from '../records/name-fields';
import { type CodeAction, type CodeStatus } from './code.rules';

export class CodeBody {
  /** Stays as it is: records were entered under it. */
  @IsCode()
  code!: string;

  @IsName()
  names!: LocalizedText;
}

export class CodeAnswer extends CodeBody {
  list!: string;
  /** `shipped` with the product, the same for everybody; or added by the `tenant`, which may change it. */
  origin!: 'shipped' | 'tenant';
  /** Retired: still the name of what was entered under it, no longer offered. */
  status!: CodeStatus;
  /** What can be done now. */
  actions!: CodeAction[];
  /** This and what follows: of a tenant's own. */
  id?: string;
  version?: number;
  createdAt?: string;
  updatedAt?: string;
}

export class CodeListAnswer {
  list!: string;

  @IsLocalizedText()
  names!: LocalizedText;
}
