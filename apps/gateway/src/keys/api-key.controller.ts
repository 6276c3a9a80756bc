import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  Created,
  CurrentCaller,
  IdPipe,
  KeepsOutOfReplay,
  PageQuery,
  RequiresScope,
} from '@expo-accord/http';
import { CreatedKeyAnswer, CreateKeyBody, KeyAnswer, KeyPage } from './api-key.dto';
import { ApiKeyService } from './api-key.service';
import { manageKeys } from './scopes';

@ApiTags('Keys')
@Controller('v1/keys')
@RequiresScope(manageKeys)
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  @Post()
  @Created('keys')
  @KeepsOutOfReplay('key')
  @ApiCreatedResponse({ type: CreatedKeyAnswer })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateKeyBody): Promise<CreatedKeyAnswer> {
    return this.keys.create(caller, body);
  }

  @Get()
  @ApiOkResponse({ type: KeyPage })
  async list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<KeyPage> {
    return this.keys.list(caller, page);
  }

  @Get(':id')
  @ApiOkResponse({ type: KeyAnswer })
  async read(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<KeyAnswer> {
    return this.keys.read(caller, id);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiOkResponse({ type: KeyAnswer })
  async revoke(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<KeyAnswer> {
    return this.keys.revoke(caller, id);
  }
}
