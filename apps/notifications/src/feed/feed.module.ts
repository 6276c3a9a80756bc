import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller';
import { Feed } from './feed.service';
import { PublicMessages } from './public-messages';

@Module({ controllers: [FeedController], providers: [Feed, PublicMessages], exports: [PublicMessages] })
export class FeedModule {}
