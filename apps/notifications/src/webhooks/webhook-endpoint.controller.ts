import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Transactions } from '@expo-accord/database';
import {
  type Caller,
  Created,
  CurrentCaller,
  IdPipe,
  IfMatch,
  KeepsOutOfReplay,
  RequiresScope,
} from '@expo-accord/http';
import { answerOf } from './webhook-endpoint.answer';
import {
  ChangeWebhookEndpoint,
  CreateWebhookEndpoint,
  DryRunQuery,
  RotateSecret,
  WebhookEndpointAnswer,
  WebhookEndpointPage,
  WebhookEndpointPageQuery,
  WebhookEndpointWithSecret,
} from './webhook-endpoint.dto';
import { type EndpointWithSecret, WebhookEndpoints } from './webhook-endpoint.service';

const READ = 'notifications:read';
const WRITE = 'notifications:write';

const retries =
  'Every public message of the tenant is posted as JSON and signed after Standard Webhooks. 2xx is delivered; anything ' +
  'else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. 410, or a whole schedule ' +
  'without one success, disables the endpoint. Messages of one aggregate come in order; one may come twice, with the ' +
  'same webhook-id.';

@ApiTags('Webhook endpoints')
@Controller('v1/webhook-endpoints')
export class WebhookEndpointController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly transactions: Transactions,
  ) {}

  @Post()
  @Created('webhook-endpoints')
  @RequiresScope(WRITE)
  @KeepsOutOfReplay('secret')
  @ApiOperation({ summary: 'Register an endpoint', description: retries })
  @ApiCreatedResponse({ type: WebhookEndpointWithSecret })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() wanted: CreateWebhookEndpoint,
  ): Promise<WebhookEndpointWithSecret> {
    return withSecret(await this.endpoints.create(caller.tenantId, wanted));
  }

  @Get()
  @RequiresScope(READ)
  @ApiOperation({ summary: 'List the endpoints' })
  @ApiOkResponse({ type: WebhookEndpointPage })
  async list(@CurrentCaller() caller: Caller, @Query() query: WebhookEndpointPageQuery): Promise<WebhookEndpointPage> {
    const { items, nextCursor } = await this.endpoints.list(caller.tenantId, query);
    return { items: items.map((endpoint) => answerOf(endpoint, new Date())), nextCursor };
  }

  @Get(':id')
  @RequiresScope(READ)
  @ApiOperation({ summary: 'One endpoint, without its secret' })
  @ApiOkResponse({ type: WebhookEndpointAnswer })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<WebhookEndpointAnswer> {
    return answerOf(await this.endpoints.get(caller.tenantId, id), new Date());
  }

  @Patch(':id')
  @RequiresScope(WRITE)
  @ApiOperation({ summary: 'Change an endpoint (JSON merge patch)' })
  @ApiOkResponse({ type: WebhookEndpointAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: ChangeWebhookEndpoint,
  ): Promise<WebhookEndpointAnswer> {
    return answerOf(await this.endpoints.change(caller.tenantId, id, version, patch), new Date());
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresScope(WRITE)
  @ApiOperation({ summary: 'Remove an endpoint', description: 'The log of its deliveries stays.' })
  @ApiNoContentResponse()
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.endpoints.remove(caller.tenantId, id, version);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @RequiresScope(WRITE)
  @ApiOperation({
    summary: 'Enable a disabled endpoint',
    description: 'What was pending goes out; what was said while it was disabled does not, but the feed has it.',
  })
  @ApiOkResponse({ type: WebhookEndpointAnswer })
  async enable(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<WebhookEndpointAnswer> {
    return answerOf(await this.#act(dryRun, () => this.endpoints.enable(tenantId, id)), new Date());
  }

  @Post(':id/disable')
  @HttpCode(200)
  @RequiresScope(WRITE)
  @ApiOperation({ summary: 'Stop posting to an endpoint' })
  @ApiOkResponse({ type: WebhookEndpointAnswer })
  async disable(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<WebhookEndpointAnswer> {
    return answerOf(await this.#act(dryRun, () => this.endpoints.disable(tenantId, id)), new Date());
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @RequiresScope(WRITE)
  @KeepsOutOfReplay('secret')
  @ApiOperation({ summary: 'Get a new secret; the previous one signs as well for a while' })
  @ApiOkResponse({ type: WebhookEndpointWithSecret })
  async rotateSecret(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
    @Body() { overlapHours }: RotateSecret,
  ): Promise<WebhookEndpointWithSecret> {
    const rotated = await this.#act(dryRun, () => this.endpoints.rotateSecret(tenantId, id, overlapHours));
    return dryRun ? answerOf(rotated.endpoint, new Date()) : withSecret(rotated);
  }

  async #act<T>(dryRun: boolean, action: () => Promise<T>): Promise<T> {
    return dryRun ? this.transactions.dryRun(action) : action();
  }
}

function withSecret({ endpoint, secret }: EndpointWithSecret): WebhookEndpointWithSecret {
  return Object.assign(answerOf(endpoint, new Date()), { secret });
}
