import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, hasScope, IdPipe, type Page, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { CSV, CsvExports } from '../exports/csv-export.service';
import { ApiPage } from '../recorded/api-page';
import {
  RegisteredAgreement,
  RegisteredAgreementFilter,
  RegisteredProject,
  RegisteredProjectFilter,
} from './register.dto';
import { Register } from './register.service';

const MAX_AGE_SECONDS = 60;

const description =
  'Without a key where the tenant allows it (PATCH /v1/tenant), else with one that may read its agreements. With Accept: ' +
  'text/csv all of them as a file, with the same filters and without pages.';

type Asked = Readonly<Record<'accept' | 'accept-language' | 'if-none-match', string | undefined>>;

@ApiTags('Register')
@Controller('v1/register/:tenantId')
@RequiresScope('agreements:read')
export class RegisterController {
  constructor(
    private readonly register: Register,
    private readonly exports: CsvExports,
  ) {}

  @Get('agreements')
  @ApiOperation({ summary: 'What is public of agreements: from agreed on, and nothing that is kept back', description })
  @ApiPage(RegisteredAgreement)
  async agreements(
    @CurrentCaller() caller: Caller,
    @Param('tenantId', IdPipe) tenantId: string,
    @Query() filter: RegisteredAgreementFilter,
    @Headers() asked: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<RegisteredAgreement> | StreamableFile | undefined> {
    this.register.assertOf(caller, tenantId);
    const list = this.register.agreements.bind(this.register);
    if (!isCsv(caller, asked, reply)) return unlessKnown(await list(caller, filter), asked, reply);
    const first = ['id', 'type', 'status', 'signedOn.edtf', 'eventId'];
    return this.exports.file({ caller, filter, name: 'agreements', first }, list);
  }

  @Get('projects')
  @ApiOperation({ summary: 'The projects, from announced on', description })
  @ApiPage(RegisteredProject)
  async projects(
    @CurrentCaller() caller: Caller,
    @Param('tenantId', IdPipe) tenantId: string,
    @Query() filter: RegisteredProjectFilter,
    @Headers() asked: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<RegisteredProject> | StreamableFile | undefined> {
    this.register.assertOf(caller, tenantId);
    const list = this.register.projects.bind(this.register);
    if (!isCsv(caller, asked, reply)) return unlessKnown(await list(caller, filter), asked, reply);
    const first = ['id', 'status', 'industry', 'eventId'];
    return this.exports.file({ caller, filter, name: 'projects', first }, list);
  }
}

/** Says who may keep the answer, and for how long, and whether it is to be a file. */
function isCsv(caller: Caller, { accept }: Asked, reply: FastifyReply): boolean {
  const whose = hasScope(caller, 'register:open') ? 'public' : 'private';
  reply.header('cache-control', `${whose}, max-age=${MAX_AGE_SECONDS}`).header('vary', 'Accept, Accept-Language');
  return accept?.includes(CSV) === true;
}

/** 304 for who has the same page in the same language already. */
function unlessKnown<T extends object>(page: T, asked: Asked, reply: FastifyReply): T | undefined {
  const digest = createHash('sha256').update(JSON.stringify([page, asked['accept-language'] ?? '']));
  const etag = `"${digest.digest('base64url')}"`;
  reply.header('etag', etag);
  if (asked['if-none-match']?.includes(etag) !== true) return page;
  reply.status(304);
  return undefined;
}
