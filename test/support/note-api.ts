import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Module, Param, Patch, Post, Query } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { databaseModule, databaseSettings, migrate, newId, Transactions } from '@expo-accord/database';
import {
  assertVersion,
  type Caller,
  conflict,
  createApi,
  Created,
  CurrentCaller,
  idempotencyEntities,
  idempotencyMigrations,
  IdPipe,
  IfMatch,
  IsLocalizedText,
  KeepsOutOfReplay,
  notFound,
  PageQuery,
  RequiresScope,
  signCallerToken,
  telemetrySettings,
  Upload,
  type UploadedBody,
} from '@expo-accord/http';
import { currentContext } from '@expo-accord/observability';
import { type Environment, readSettings } from '@expo-accord/settings';
import { type LocalizedText } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { testDatabase, type TestDatabase } from './infrastructure';

class NoteBody {
  @IsLocalizedText()
  names!: LocalizedText;
}

export const noteId = '01890000-0000-7000-8000-000000000001';
export const tenantId = '01890000-0000-7000-8000-0000000000aa';
/** How often the handlers ran. */
export const runs = { created: 0, uploads: 0 };

/** Also below a path that the gateway forwards, and with a scope that the gateway's keys have. */
@Controller(['v1/notes', 'v1/events'])
@RequiresScope('events:read')
class NoteController {
  constructor(private readonly transactions: Transactions) {}

  @Post()
  @Created('notes')
  @RequiresScope('notes:write')
  @KeepsOutOfReplay('secret')
  async create(@Body() body: NoteBody): Promise<object> {
    return this.transactions.run(async (manager) => {
      runs.created += 1;
      await manager.query('INSERT INTO note (name) VALUES ($1)', [body.names.texts['en']]);
      if (body.names.texts['en'] === 'full') throw conflict('hall-full', 'The hall is full.', { hall: 'H1' });
      return { id: noteId, version: 1, secret: 'shown once' };
    });
  }

  @Get()
  list(@Query() page: PageQuery, @CurrentCaller() caller: Caller): object {
    return { limit: page.limit, tenantId: caller.tenantId, requestId: currentContext()?.requestId };
  }

  @Get('failing')
  fail(): never {
    throw new Error('password=hunter2');
  }

  @Get(':id')
  read(@Param('id', IdPipe) id: string): never {
    throw notFound('note', id);
  }

  @Patch(':id')
  change(@IfMatch() version: number, @Body() patch: Record<string, unknown>): object {
    assertVersion(3, version);
    return { id: noteId, version: 4, patch, context: currentContext()?.requestId };
  }

  @Post('imports')
  @HttpCode(202)
  async upload(@Upload() upload: UploadedBody): Promise<object> {
    runs.uploads += 1;
    let characters = 0;
    for await (const piece of upload.text) characters += piece.length;
    const taken = async (manager: EntityManager): Promise<{ id: string; [field: string]: unknown }> => {
      await manager.query('INSERT INTO note (name) VALUES ($1)', [`upload ${characters}`]);
      return { id: newId(), version: 1, characters, format: upload.format };
    };
    return upload.settle(
      () => this.transactions.run(taken),
      ({ id }) => `/v1/notes/imports/${id}`,
    );
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** The smallest service on libs/http: notes in a database of its own, and a gateway's key to sign callers with. */
export class NoteApi {
  private readonly keys = generateKeyPairSync('ed25519');
  private token = '';
  app!: NestFastifyApplication;
  database!: TestDatabase;

  /** @param publicKey PEM of whoever signs the callers; the api's own key when not given */
  async start(publicKey = pemOf(this.keys.publicKey), telemetry: Environment = {}): Promise<void> {
    this.database = await testDatabase('notes');
    const config = readSettings(databaseSettings, this.database.env);
    const schema = { config, entities: idempotencyEntities, migrations: idempotencyMigrations };
    await migrate({ ...schema, log: () => undefined });
    await this.database.query('CREATE TABLE note (name text NOT NULL)');

    @Module({ imports: [databaseModule(schema)], controllers: [NoteController] })
    class NoteModule {}

    this.app = await createApi(NoteModule, {
      service: 'notes',
      config: {
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: 0,
        PUBLIC_URL: 'http://localhost:3000',
        LOG_LEVEL: 'fatal',
        ...readSettings(telemetrySettings, telemetry),
        CALLER_TOKEN_PUBLIC_KEY: publicKey,
      },
      openApi: { title: 'Notes' },
    });
    await this.app.listen(0, '127.0.0.1');
    this.token = await this.tokenFor(['events:read', 'notes:write']);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  async tokenFor(scopes: string[], keyId = 'k'): Promise<string> {
    return signCallerToken(this.keys.privateKey, { tenantId, keyId, scopes }, 90);
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${await this.app.getUrl()}${path}`, {
      method,
      headers: {
        'x-caller-token': this.token,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes(body) ? body : textOf(body), duplex: 'half' }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse((await response.text()) || '{}') as Record<string, unknown>,
    };
  }

  async countOf(name: string): Promise<number> {
    return (await this.database.query('SELECT 1 FROM note WHERE name = $1', [name])).length;
  }
}

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> | ReadableStream =>
  body instanceof Uint8Array || body instanceof ReadableStream;

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

export const note = (en: string): object => ({ names: { original: 'en', texts: { en } } });

export function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
