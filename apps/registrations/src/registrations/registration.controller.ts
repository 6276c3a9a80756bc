import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
  PartialType,
} from '@nestjs/swagger';
import {
  type Caller,
  Created,
  CurrentCaller,
  giveAnswer,
  IdPipe,
  IfMatch,
  invalid,
  type KeyedRequest,
  KeyToClaim,
  RequiresScope,
} from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { RegistrationAnswer, RegistrationPage } from './registration.answer';
import { ActionQuery, RegistrationQuery, SignUpBody, SignUpQuery } from './registration.dto';
import { RegistrationExport } from './registration.export';
import { RegistrationList } from './registration.list';
import { problemsTogether } from './registration.mapping';
import { RegistrationService } from './registration.service';

const CSV = 'text/csv';

class CorrectionBody extends PartialType(SignUpBody) {}

@ApiTags('Registrations')
@Controller('v1')
export class RegistrationController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly lists: RegistrationList,
    private readonly exports: RegistrationExport,
  ) {}

  @Post('events/:eventId/registrations')
  @RequiresScope('registrations:write')
  @Created('registrations')
  @ApiOperation({
    summary: 'Sign one person up',
    description:
      '409 quota-full names the quota; where the category has a waiting list, 201 with status waitlisted instead. ' +
      '409 already-registered names the registration. 200 if it was there.',
  })
  async signUp(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() { onExisting }: SignUpQuery,
    @Body() body: SignUpBody,
    @KeyToClaim() keyed: KeyedRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegistrationAnswer> {
    const problems = problemsTogether(body);
    if (problems.length > 0) throw invalid(problems);
    const answer = await this.registrations.signUp(caller, eventId, body, { onExisting, keyed });
    return giveAnswer(reply, answer) as RegistrationAnswer;
  }

  @Get('events/:eventId/registrations')
  @RequiresScope('registrations:read')
  @ApiOperation({
    summary: 'List the registrations for an event',
    description: 'With Accept: text/csv all of them as a file, with the same filters and without pages.',
  })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(RegistrationPage) } },
      [CSV]: { schema: { type: 'string' } },
    },
  })
  @ApiExtraModels(RegistrationPage)
  async listOfEvent(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() query: RegistrationQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegistrationPage | StreamableFile> {
    reply.header('vary', 'Accept, Accept-Language');
    if (accept?.includes(CSV) !== true) return this.lists.list(caller, eventId, query);
    const file = await this.exports.csv(caller, eventId, query);
    const disposition = `attachment; filename="registrations-${eventId}.csv"`;
    return new StreamableFile(file, { type: `${CSV}; charset=utf-8; header=present`, disposition });
  }

  @Get('registrations')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List registrations, or find one by ?ref=system:id' })
  async list(@CurrentCaller() caller: Caller, @Query() query: RegistrationQuery): Promise<RegistrationPage> {
    return this.lists.list(caller, null, query);
  }

  @Get('registrations/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read a registration' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<RegistrationAnswer> {
    return this.registrations.get(caller, id);
  }

  @Patch('registrations/:id')
  @RequiresScope('registrations:write')
  @ApiOperation({ summary: 'Correct a registration', description: 'JSON merge patch; null clears' })
  @ApiBody({ type: CorrectionBody })
  async correct(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<RegistrationAnswer> {
    return this.registrations.correct(caller, id, patch, version);
  }

  @Post('registrations/:id/approve')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({ summary: 'Confirm a registration that waits for approval', description: 'It keeps its places' })
  async approve(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.registrations.act(caller, id, 'approve', dryRun === 'true');
  }

  @Post('registrations/:id/decline')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({ summary: 'Turn somebody down', description: 'Its places go to who has waited longest for them' })
  async decline(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.registrations.act(caller, id, 'decline', dryRun === 'true');
  }

  @Post('registrations/:id/no-show')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({
    summary: 'Record that somebody did not come',
    description: 'A scan that arrives later takes it back',
  })
  async noShow(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.registrations.act(caller, id, 'no-show', dryRun === 'true');
  }

  @Post('registrations/:id/cancel')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({ summary: 'Cancel a registration', description: 'Its places go to who has waited longest for them' })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.registrations.act(caller, id, 'cancel', dryRun === 'true');
  }
}
