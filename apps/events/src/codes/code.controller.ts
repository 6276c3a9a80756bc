import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
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

  /** Shipped values in four languages, then the tenant's own. */
  @Get(':list/codes')
  @RequiresScope('events:read')
  async list(@CurrentCaller() caller: Caller, @Param('list') list: string): Promise<{ items: CodeAnswer[] }> {
    return { items: await this.codes.codes(caller, list) };
  }

  /** Adds a value of the tenant's own. */
  @Post(':list/codes')
  @RequiresScope('events:write')
  async add(
    @CurrentCaller() caller: Caller,
    @Param('list') list: string,
    @Body() body: CodeBody,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CodeAnswer> {
    const added = await this.codes.add(caller, list, body);
    reply.header('location', `/v1/code-lists/${list}/codes`);
    return added;
  }
}
