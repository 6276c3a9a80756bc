import { Controller, Get, Param, Query, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, type Page, RequiresScope } from '@expo-accord/http';
import { AsRecorded } from '@expo-accord/organizations';
import { ApiPage } from '../recorded/api-page';
import { AuditReads } from './audit-reads.service';
import { AuditAnswer, AuditVerificationAnswer } from './audit.answer.dto';
import { AuditQuery } from './audit.dto';
import { type AuditView } from './audit.view';

/** The same two paths below each resource that has a trail. */
function auditControllerOf(resource: string, tag: string): Type {
  @ApiTags(tag)
  @Controller(`v1/${resource}/:id/audit`)
  class AuditController {
    constructor(private readonly reads: AuditReads) {}

    @Get()
    @AsRecorded()
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'Who changed it, when, before and after' })
    @ApiPage(AuditAnswer)
    async entries(
      @CurrentCaller() caller: Caller,
      @Param('id', IdPipe) id: string,
      @Query() query: AuditQuery,
    ): Promise<Page<AuditView>> {
      return this.reads.entries(caller, resource, id, query);
    }

    @Get('verification')
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'Whether its audit trail is whole; if not, the first entry that is not what it was' })
    @ApiOkResponse({ type: AuditVerificationAnswer })
    async verification(
      @CurrentCaller() caller: Caller,
      @Param('id', IdPipe) id: string,
    ): Promise<AuditVerificationAnswer> {
      return this.reads.verified(caller, resource, id);
    }
  }
  return AuditController;
}

export const auditControllers = [
  auditControllerOf('agreements', 'Agreements'),
  auditControllerOf('projects', 'Projects'),
  auditControllerOf('outcome-documents', 'Outcome documents'),
  auditControllerOf('commitments', 'Commitments'),
];
