import { type DynamicModule, Module } from '@nestjs/common';
import { ContactBook } from '../contacts/contact-book';
import { MailConsumer } from './mail.consumer';
import { MailQueue } from './mail.queue';
import { MailSender } from './mail.sender';
import { MailSettings } from './mail.settings';
import { MailWorker } from './mail.worker';

@Module({})
export class MailModule {
  static with(settings: MailSettings): DynamicModule {
    return {
      module: MailModule,
      controllers: [MailConsumer],
      providers: [{ provide: MailSettings, useValue: settings }, ContactBook, MailQueue, MailSender, MailWorker],
    };
  }
}
