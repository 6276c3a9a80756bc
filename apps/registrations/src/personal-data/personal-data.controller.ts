import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, invalid, KeepsOutOfReplay, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { RegistrationAnswer } from '../registrations/registration.answer';
import { ActionQuery } from '../registrations/registration.dto';
import {
  ErasedList,
  PersonalData,
  PersonalDataList,
  problemsTogether,
  RegistrantBody,
  soughtOf,
} from './personal-data.dto';
import { PersonalDataService } from './personal-data.service';

const SCOPE = 'registrations:personal-data';

@ApiTags('Personal data')
@Controller('v1')
export class PersonalDataController {
  constructor(private readonly personalData: PersonalDataService) {}

  @Post('registrations/:id/erase')
  @RequiresScope(SCOPE)
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({
    summary: 'Forget the person of a registration',
    description:
      'The registration stays, of nobody, and counts as before. Whoever is sent again is answered person-erased.',
  })
  async erase(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.personalData.erase(caller, id, dryRun === 'true');
  }

  @Get('registrations/:id/personal-data')
  @RequiresScope(SCOPE)
  @ApiOperation({ summary: 'All that is kept about the person of a registration' })
  async exported(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonalData> {
    reply.header('cache-control', 'private, no-store');
    return this.personalData.exported(caller, id);
  }

  @Post('registrants/export')
  @RequiresScope(SCOPE)
  @HttpCode(200)
  @KeepsOutOfReplay('items')
  @ApiOkResponse({ type: PersonalDataList })
  @ApiOperation({ summary: 'All that is kept about a person, over all events' })
  async exportPerson(
    @CurrentCaller() caller: Caller,
    @Body() body: RegistrantBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonalDataList> {
    refuse(body);
    reply.header('cache-control', 'private, no-store');
    return { items: await this.personalData.exportedPerson(caller, soughtOf(body)) };
  }

  @Post('registrants/erase')
  @RequiresScope(SCOPE)
  @HttpCode(200)
  @ApiOkResponse({ type: ErasedList })
  @ApiOperation({
    summary: 'Forget a person over all events',
    description: 'With dryRun=true it tells whom it would forget.',
  })
  async erasePerson(
    @CurrentCaller() caller: Caller,
    @Body() body: RegistrantBody,
    @Query() { dryRun }: ActionQuery,
  ): Promise<ErasedList> {
    refuse(body);
    return { items: await this.personalData.erasePerson(caller, soughtOf(body), dryRun === 'true') };
  }
}

function refuse(body: RegistrantBody): void {
  const problems = problemsTogether(body);
  if (problems.length > 0) throw invalid(problems);
}
