import { type Caller, CurrentCaller, IfMatch, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ActionQuery } from '../records/record-query.dto';
import { type CodeAnswer, CodeBody, type CodeListAnswer } from './code.dto';
import { CodeService } from './code.service';

interface HeaderWriter {
  header(name: string, value: string): unknown;
}

@ApiTags('Code lists')
@Controller('v1/code-lists')
export class CodeController {
  constructor(private readonly codes: CodeService) {}

  @Get()
  @RequiresScope('events:read')
  lists(): { items: CodeListAnswer[] } {
    return { items: this.codes.lists() };
  }

  /** Shipped values in four languages, then the tenant's own, retired ones among them. */
  @Get(':list/codes')
  @RequiresScope('events:read')
  async list(@CurrentCaller() caller: Caller, @Param('list') list: string): Promise<{ items: CodeAnswer[] }> {
    return { items: await this.codes.codes(caller, list) };
  }

  /** Adds a value of the tenant's own, and tells others. */
  @Post(':list/codes')
  @RequiresScope('events:write')
  async add(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Body() body: CodeBody,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CodeAnswer> {
    const added = await this.codes.add(caller, list, body);
    reply.header('location', `/v1/code-lists/${list}/codes/${added.code}`);
    return added;
  }

  @Get(':list/codes/:code')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('list') list: string, @Param('code') code: string): Promise<CodeAnswer> {
    return this.codes.get(caller, list, code);
  }

  /** Renames a code of the tenant's own. What is shipped is the same for everybody: 409 `code-shipped`. */
  @Patch(':list/codes/:code')
  @RequiresScope('events:write')
  @ApiBody({ type: CodeBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<CodeAnswer> {
    return this.codes.change(caller, list, code, version, patch);
  }

  /** It is no longer offered; what was entered under it keeps it, and its name. */
  @Post(':list/codes/:code/retire')
  @HttpCode(200)
  @RequiresScope('events:write')
  retire(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Param('code') code: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<CodeAnswer> {
    return this.codes.act(caller, list, code, 'retire', dryRun);
  }

  /** It is offered again. */
  @Post(':list/codes/:code/reinstate')
  @HttpCode(200)
  @RequiresScope('events:write')
  reinstate(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Param('code') code: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<CodeAnswer> {
    return this.codes.act(caller, list, code, 'reinstate', dryRun);
  }
}
