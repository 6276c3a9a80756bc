import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { DeliveryPage, DeliveryQuery, EndpointDeliveryQuery } from '../deliveries/delivery.dto';
import { DeliveryLog } from '../deliveries/delivery.log';
import { WebhookEndpoints } from './webhook-endpoint.service';

@ApiTags('Webhook endpoints')
@Controller('v1/webhook-endpoints/:id/deliveries')
export class WebhookDeliveryController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly log: DeliveryLog,
  ) {}

  @Get()
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'What was posted to one endpoint, with every attempt' })
  @ApiOkResponse({ type: DeliveryPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: EndpointDeliveryQuery,
  ): Promise<DeliveryPage> {
    const endpoint = await this.endpoints.get(caller.tenantId, id);
    return this.log.list(caller, Object.assign(new DeliveryQuery(), query, { endpointId: endpoint.id }));
  }
}
