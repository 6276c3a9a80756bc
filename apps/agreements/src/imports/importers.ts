import { Injectable } from '@nestjs/common';
import { AgreementBatches } from '../agreements/agreement-batch.service';
import { ProjectBatches } from '../projects/project-batch.service';
import { type ImportKind } from './import-kinds';
import { type Importer } from './importer';

/** Who enters the lines of which kind. */
@Injectable()
export class Importers {
  constructor(
    private readonly agreements: AgreementBatches,
    private readonly projects: ProjectBatches,
  ) {}

  of(kind: ImportKind): Importer {
    return kind === 'project' ? this.projects : this.agreements;
  }
}
