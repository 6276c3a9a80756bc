import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { AgreementAnswer } from '../agreements/agreement.answer.dto';
import { type AgreementView } from '../agreements/agreement.view';
import { DryRunQuery } from '../recorded/dry-run.query';
import { ConsentsAnswer, GiveConsent, WithdrawConsent } from './consent.dto';
import { Consents } from './consent.service';

@ApiTags('Agreements')
@Controller('v1/agreements/:id')
export class ConsentController {
  constructor(private readonly consents: Consents) {}

  @Post('consents')
  @Created('agreements/:id/consents')
  @RequiresScope('agreements:write')
  @ApiOperation({
    summary: 'A party signs, ratifies, accepts...; answers the agreement, in force if its rule waited for this alone',
  })
  @ApiCreatedResponse({ type: AgreementAnswer })
  async give(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: GiveConsent,
  ): Promise<AgreementView> {
    return this.consents.give(caller, id, body, dryRun === 'true');
  }

  @Post('withdraw-consent')
  @HttpCode(200)
  @RequiresScope('agreements:write')
  @ApiOperation({
    summary: 'A party takes its consent back before the entry into force; the consent stays on record, as withdrawn',
  })
  @ApiOkResponse({ type: AgreementAnswer })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: WithdrawConsent,
  ): Promise<AgreementView> {
    return this.consents.withdraw(caller, id, body, dryRun === 'true');
  }

  @Get('consents')
  @RequiresScope('agreements:read')
  @ApiOperation({
    summary: 'Who has consented, how many instruments are there and needed, and when it enters into force',
  })
  @ApiOkResponse({ type: ConsentsAnswer })
  async list(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ConsentsAnswer> {
    return this.consents.of(caller, id);
  }
}
