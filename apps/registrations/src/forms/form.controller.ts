import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { FormQuery, FormVersionAnswer, FormVersionQuery } from './form.dto';
import { FormService } from './form.service';

const SCHEMA = 'application/schema+json';

@ApiTags('Registration forms')
@Controller('v1/events/:eventId/registration-form')
export class FormController {
  constructor(private readonly forms: FormService) {}

  @Post()
  @RequiresScope('registrations:write')
  @HttpCode(201)
  @ApiConsumes(SCHEMA, 'application/json')
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: { type: 'object', properties: {} } } })
  @ApiCreatedResponse({ type: FormVersionAnswer })
  @ApiOperation({
    summary: 'Ask something of those who sign up, as JSON Schema',
    description:
      'A new version: `answers` of sign-ups are checked against it, or against the earlier one that they name. In the ' +
      'dialect 2020-12, with $ref to its own $defs only, patterns of RE2, and x- keywords for what is your own.',
  })
  async set(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() { category }: FormQuery,
    @Body() schema: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FormVersionAnswer> {
    const form = await this.forms.set(caller, eventId, category ?? null, schema);
    reply.header('location', `/v1/events/${eventId}/registration-form?version=${form.version}`);
    return form;
  }

  @Get()
  @RequiresScope('registrations:read')
  @ApiOkResponse({ content: { [SCHEMA]: { schema: { type: 'object', additionalProperties: true } } } })
  @ApiOperation({
    summary: 'Read the form of an event or of one of its ticket categories',
    description: 'ETag is its version',
  })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() { category, version }: FormVersionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const form = await this.forms.get(
      caller,
      eventId,
      category ?? null,
      version === undefined ? null : Number(version),
    );
    reply.header('etag', `"${form.version}"`);
    // As a file: whatever shows texts in the reader's language would take a schema's parts for texts.
    return new StreamableFile(Buffer.from(JSON.stringify(form.schema)), { type: SCHEMA });
  }
}
