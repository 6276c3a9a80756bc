import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { withReadOnlyFields } from './read-only-fields';

interface Reply {
  header(name: string, value: string): unknown;
}

@Injectable()
export class ReadOnlyFieldsInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    // A cache keeps one answer for each language that was asked for.
    http.getResponse<Reply>().header('vary', 'Accept-Language');
    const { headers } = http.getRequest<{ headers: Record<string, string | undefined> }>();
    return next.handle().pipe(
      map((value: unknown) => {
        const { answer, languages } = withReadOnlyFields(value, headers['accept-language']);
        if (languages.size > 0) http.getResponse<Reply>().header('content-language', [...languages].join(', '));
        return answer;
      }),
    );
  }
}
