import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  AreExternalRefs,
  IsCode,
  IsEconomy,
  IsLocalizedText,
  IsMoney,
  IsPartialDate,
  PageQuery,
} from '@expo-accord/http';
import { type ExternalRef, type LocalizedText, type PartialDate, type Quantity } from '@expo-accord/values';
import { PartyList } from '../parties/party.dto';
import { Marked } from '../statements/marks.dto';
import { projectStatuses, type ProjectStatus } from './project.rules';

/** Where a project is: a zone that the events service knows, or a place as written. */
export class ProjectZone extends Marked {
  @IsOptional()
  @IsUUID()
  zoneId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;
}

/** Everything about a project that a PATCH may change. */
export class ProjectFacts extends Marked {
  @IsLocalizedText()
  names!: LocalizedText;

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;

  @IsCode({
    optional: true,
    nullable: true,
    description:
      'Open list: automobiles, newEnergyEquipment, electronicInformation, smartManufacturing, modernServices',
  })
  industry?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => ProjectZone)
  zone?: ProjectZone | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  parties?: PartyList | null;

  @ArrayMaxSize(50)
  @IsEconomy({ each: true, optional: true })
  economies?: string[];

  @IsMoney({ optional: true, nullable: true })
  investment?: Quantity | null;

  @IsPartialDate({ optional: true, nullable: true })
  announcedOn?: PartialDate | null;

  @IsPartialDate({ optional: true, nullable: true })
  signedOn?: PartialDate | null;

  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  /** The project contract, where it is entered as an agreement. */
  @IsOptional()
  @IsUUID()
  agreementId?: string | null;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  /** Simulated, not reported. Taken over from the event where there is one. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;
}

export class CreateProject extends ProjectFacts {
  /** announced (the default) or signed; any status with `historical`. */
  @IsOptional()
  @IsIn(projectStatuses)
  status?: ProjectStatus;

  /** Entered after the fact, at any status; needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;
}

export class ProjectActionBody {
  /** When it happened, as reported; `sign` keeps it as signedOn. */
  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;

  /** It happened in the past and is only entered now; nobody is notified. Needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;

  /** Kept in the audit trail. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class ProjectFilter extends PageQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsOptional()
  @IsIn(projectStatuses)
  status?: ProjectStatus;

  @IsOptional()
  @IsString()
  industry?: string;
}
