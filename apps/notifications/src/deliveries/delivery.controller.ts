import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Transactions } from '@expo-accord/database';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { DeliveryAnswer, DeliveryPage, DeliveryQuery, RedeliverQuery } from './delivery.dto';
import { DeliveryLog } from './delivery.log';

@ApiTags('Deliveries')
@Controller('v1/deliveries')
export class DeliveryController {
  constructor(
    private readonly log: DeliveryLog,
    private readonly transactions: Transactions,
  ) {}

  @Get()
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'Mails and webhooks with every attempt', description: 'Kept for 30 days.' })
  @ApiOkResponse({ type: DeliveryPage })
  async list(@CurrentCaller() caller: Caller, @Query() query: DeliveryQuery): Promise<DeliveryPage> {
    return this.log.list(caller, query);
  }

  @Get(':id')
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'One delivery' })
  @ApiOkResponse({ type: DeliveryAnswer })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<DeliveryAnswer> {
    return this.log.get(caller, id);
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @RequiresScope('notifications:write')
  @ApiOperation({ summary: 'Deliver again, from now on by the whole schedule' })
  @ApiOkResponse({ type: DeliveryAnswer })
  async redeliver(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: RedeliverQuery,
  ): Promise<DeliveryAnswer> {
    const work = (): Promise<DeliveryAnswer> => this.log.redeliver(caller, id);
    return dryRun ? this.transactions.dryRun(work) : work();
  }
}
