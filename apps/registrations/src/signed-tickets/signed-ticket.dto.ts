import { ApiProperty } from '@nestjs/swagger';

export class TicketAnswer {
  @ApiProperty({ format: 'uuid' })
  registrationId!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ example: 'buyer' })
  category!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Which ticket of the registration this is; those before it are refused',
  })
  number!: number;

  @ApiProperty({ description: 'For the QR code: a JWS in compact form, signed with Ed25519' })
  token!: string;

  @ApiProperty({ description: 'The key in /.well-known/jwks.json that checks it' })
  kid!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: no end is known' })
  validUntil!: string | null;
}

export class TicketKeyAnswer {
  @ApiProperty({ example: 'OKP' })
  kty!: string;

  @ApiProperty({ example: 'Ed25519' })
  crv!: string;

  @ApiProperty()
  x!: string;

  @ApiProperty()
  kid!: string;

  @ApiProperty({ example: 'EdDSA' })
  alg!: string;

  @ApiProperty({ example: 'sig' })
  use!: string;
}

export class TicketKeysAnswer {
  @ApiProperty({ type: () => [TicketKeyAnswer] })
  keys!: TicketKeyAnswer[];
}
