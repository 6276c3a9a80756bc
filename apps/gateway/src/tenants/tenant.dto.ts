import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

export class TenantBody {
  @ApiProperty({ description: 'Anybody may read the register of what is public, without a key' })
  @IsBoolean()
  publicRegister!: boolean;
}

export class TenantAnswer extends TenantBody {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}
