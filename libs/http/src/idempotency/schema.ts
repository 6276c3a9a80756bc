import { CreateIdempotencyKey1700000000100 } from './1700000000100-create-idempotency-key';
import { KeepIdempotencyKeysByDay1797000000000 } from './1797000000000-keep-idempotency-keys-by-day';
import { IdempotencyKey } from './idempotency-key.entity';

export const idempotencyEntities = [IdempotencyKey];
export const idempotencyMigrations = [CreateIdempotencyKey1700000000100, KeepIdempotencyKeysByDay1797000000000];
