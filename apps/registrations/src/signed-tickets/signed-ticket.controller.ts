import { Controller, Get, Header, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, Public, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { RegistrationAnswer } from '../registrations/registration.answer';
import { ActionQuery } from '../registrations/registration.dto';
import { RegistrationService } from '../registrations/registration.service';
import { TicketAnswer, TicketKeysAnswer } from './signed-ticket.dto';
import { qrCodeOf, SignedTicketService } from './signed-ticket.service';
import { TicketKeys } from './ticket-keys';

const SVG = 'image/svg+xml';

@ApiTags('Tickets')
@ApiExtraModels(TicketAnswer)
@Controller()
export class SignedTicketController {
  constructor(
    private readonly tickets: SignedTicketService,
    private readonly registrations: RegistrationService,
    private readonly keys: TicketKeys,
  ) {}

  @Get('v1/registrations/:id/ticket')
  @RequiresScope('registrations:read')
  @ApiOperation({
    summary: 'The ticket of a registration, as JSON or as a QR code',
    description: `\`Accept: ${SVG}\` asks for the QR code. 409 no-ticket while nobody would be let in with one.`,
  })
  @ApiProduces('application/json', SVG)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(TicketAnswer) } },
      [SVG]: { schema: { type: 'string' } },
    },
  })
  @Header('cache-control', 'private, no-store')
  async ticket(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer | string> {
    const ticket = await this.tickets.of(caller, id);
    if (!asksForSvg(accept)) return ticket;
    reply.type(SVG);
    return qrCodeOf(ticket);
  }

  @Post('v1/registrations/:id/reissue-ticket')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({ summary: 'Issue another ticket', description: 'The one before it is refused from now on' })
  async reissue(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.registrations.act(caller, id, 'reissue-ticket', dryRun === 'true');
  }

  @Get('.well-known/jwks.json')
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'The public keys of tickets (RFC 7517), for scanners that are offline', security: [] })
  @ApiOkResponse({ type: TicketKeysAnswer })
  jwks(): object {
    return this.keys.jwks();
  }
}

/** A browser's image element names it beside others; whoever wants JSON does not name it at all. */
function asksForSvg(accept = ''): boolean {
  return accept.split(',').some((range) => range.split(';', 1)[0]?.trim().toLowerCase() === SVG);
}
