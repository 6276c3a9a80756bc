import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { FeedPage, FeedQuery } from './feed.dto';
import { Feed } from './feed.service';

@ApiTags('Feed')
@Controller('v1/feed')
export class FeedController {
  constructor(private readonly feed: Feed) {}

  @Get()
  @RequiresScope('notifications:read')
  @ApiOperation({
    summary: 'Public messages of the last 30 days, oldest first',
    description: 'The same bodies as webhooks get. Keep `nextCursor` and ask again with it for what came since.',
  })
  @ApiOkResponse({ type: FeedPage })
  async page(@CurrentCaller() { tenantId }: Caller, @Query() query: FeedQuery): Promise<FeedPage> {
    return this.feed.page(tenantId, query);
  }
}
