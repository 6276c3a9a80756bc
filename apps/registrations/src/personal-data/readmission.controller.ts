import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, PageQuery, RequiresScope } from '@expo-accord/http';
import { ActionQuery } from '../registrations/registration.dto';
import { ReadmissionAnswer, ReadmissionBody, ReadmissionPage } from './readmission.dto';
import { ReadmissionService } from './readmission.service';

@ApiTags('Personal data')
@Controller('v1/events/:eventId/readmissions')
export class ReadmissionController {
  constructor(private readonly readmissions: ReadmissionService) {}

  @Post()
  @RequiresScope('registrations:personal-data')
  @HttpCode(201)
  @ApiCreatedResponse({ type: ReadmissionAnswer })
  @ApiOperation({
    summary: 'Let somebody who was erased sign up again',
    description: 'What was erased stays so. Who did it and why is kept, and not whom it is about.',
  })
  async readmit(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: ReadmissionBody,
    @Query() { dryRun }: ActionQuery,
  ): Promise<ReadmissionAnswer> {
    return this.readmissions.readmit(caller, eventId, body, dryRun === 'true');
  }

  @Get()
  @RequiresScope('registrations:personal-data')
  @ApiOperation({ summary: 'Who let erased persons sign up again, when and why' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() page: PageQuery,
  ): Promise<ReadmissionPage> {
    return this.readmissions.list(caller, eventId, page);
  }
}
