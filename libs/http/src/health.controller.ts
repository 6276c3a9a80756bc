import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthRegistry, type ProbeKind } from '@expo-accord/observability';
import { type FastifyReply } from 'fastify';
import { Public } from './caller';

/** For orchestrators: 200 when well, 503 and why when not. */
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

  private async answer(kind: ProbeKind, reply: FastifyReply): Promise<object> {
    const { healthy, checks } = await this.health.report(kind);
    reply.status(healthy ? 200 : 503).header('cache-control', 'no-store');
    return { status: healthy ? 'ok' : 'failing', checks };
  }
}
