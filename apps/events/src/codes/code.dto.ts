import { IsCode, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';

export class CodeBody {
  @IsCode()
  code!: string;

  @IsLocalizedText()
  names!: LocalizedText;
}

export class CodeAnswer extends CodeBody {
  list!: string;
  /** `shipped` with the product, or added by the `tenant`. */
  origin!: 'shipped' | 'tenant';
}

export class CodeListAnswer {
  list!: string;

  @IsLocalizedText()
  names!: LocalizedText;
}
