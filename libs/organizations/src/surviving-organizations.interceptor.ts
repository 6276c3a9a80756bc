import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type CalledRequest } from '@expo-accord/http';
import { mergeMap, type Observable } from 'rxjs';
import { MergedOrganizations } from './merged-organizations';

const asRecordedMetadata = 'expo-accord:as-recorded';

/** Answers with the ids as they were entered: for a trail, which says what was. */
export const AsRecorded = (): MethodDecorator => SetMetadata(asRecordedMetadata, true);

/**
 * Whoever reads is told which organisation it is now. What was entered stays as it was entered: it may have been signed
 * or told to others with that id, and messages about a merger arrive when they do.
 */
@Injectable()
export class SurvivingOrganizationsInterceptor implements NestInterceptor {
  constructor(
    private readonly merged: MergedOrganizations,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const asRecorded = this.reflector.get<boolean | undefined>(asRecordedMetadata, context.getHandler()) ?? false;
    if (context.getType() !== 'http' || asRecorded) return next.handle();
    const { caller } = context.switchToHttp().getRequest<CalledRequest>();
    return next.handle().pipe(mergeMap((answer: unknown) => this.surviving(caller?.tenantId, answer)));
  }

  private async surviving(tenantId: string | undefined, answer: unknown): Promise<unknown> {
    if (tenantId === undefined || answer instanceof StreamableFile) return answer;
    return this.merged.asTheyStand(tenantId, answer);
  }
}
