import { CreateIdempotencyKey1700000000100 } from './1700000000100-create-idempotency-key';
import { IdempotencyKey } from './idempotency-key.entity';

export const idempotencyEntities = [IdempotencyKey];
export const idempotencyMigrations = [CreateIdempotencyKey1700000000100];
