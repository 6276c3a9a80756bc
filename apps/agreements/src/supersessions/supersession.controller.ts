import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { SupersessionsAnswer } from './supersession.dto';
import { SupersessionReads } from './supersession-reads.service';

@ApiTags('Agreements')
@Controller('v1/agreements/:id/supersessions')
export class SupersessionController {
  constructor(private readonly reads: SupersessionReads) {}

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'Of what it takes the place, and what takes its place, whole or in part' })
  @ApiOkResponse({ type: SupersessionsAnswer })
  async list(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<SupersessionsAnswer> {
    return this.reads.of(caller, id);
  }
}
