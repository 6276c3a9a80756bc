import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { manageKeys } from '../keys/scopes';
import { TenantSettings } from './tenant-settings.service';
import { TenantAnswer, TenantBody } from './tenant.dto';

@ApiTags('Tenant')
@Controller('v1/tenant')
@RequiresScope(manageKeys)
export class TenantController {
  constructor(private readonly settings: TenantSettings) {}

  @Get()
  @ApiOperation({ summary: "The caller's tenant and its settings" })
  @ApiOkResponse({ type: TenantAnswer })
  async read(@CurrentCaller() caller: Caller): Promise<TenantAnswer> {
    return this.settings.read(caller);
  }

  @Patch()
  @ApiOperation({ summary: 'Let anybody read the public register, or nobody without a key' })
  @ApiOkResponse({ type: TenantAnswer })
  async change(@CurrentCaller() caller: Caller, @Body() { publicRegister }: TenantBody): Promise<TenantAnswer> {
    return this.settings.openRegister(caller, publicRegister);
  }
}
