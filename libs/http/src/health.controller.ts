import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthRegistry, type ReportKind } from '@expo-accord/observability';
import { type FastifyReply } from 'fastify';
import { Public } from './caller';

/** For orchestrators: 200 when it can serve, if not all of it; 503 and why when not. */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthRegistry) {}

  @Get('live')
  async live(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.answer('live', reply);
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.answer('ready', reply);
  }

  private async answer(kind: ReportKind, reply: FastifyReply): Promise<object> {
    const report = await this.health.report(kind);
    reply.status(report.status === 'failing' ? 503 : 200).header('cache-control', 'no-store');
    return report;
  }
}
