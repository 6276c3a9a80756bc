import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Res,
  StreamableFile,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  Created,
  CurrentCaller,
  IdPipe,
  RequiresScope,
  type UploadedBytes,
  UploadedFile,
} from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { CreateDocument, DocumentAnswer, DocumentList } from './document.dto';
import { type DocumentedResource, documentedResources } from './documented-resources';
import { DocumentContents } from './document-content.service';
import { Documents } from './document.service';
import { type DocumentView } from './document.view';
import { dispositionOf } from './media-types';

const bytesSchema = { type: 'string', format: 'binary' } as const;

@ApiTags('Documents')
@Controller('v1/documents')
class DocumentController {
  constructor(
    private readonly documents: Documents,
    private readonly contents: DocumentContents,
  ) {}

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One document, without its content' })
  @ApiOkResponse({ type: DocumentAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<DocumentView> {
    return this.documents.one(caller, id);
  }

  @Put(':id/content')
  @RequiresScope('agreements:write')
  @ApiOperation({
    summary: 'Send its content, whatever its media type, as plain bytes; they are checked on their way',
    description:
      'It is kept if it is what was announced: its SHA-256 (422), its media type by what is in it (415), and no larger ' +
      'than allowed (413). `Content-Digest` and `Repr-Digest` may say the SHA-256 once more. Anything else leaves nothing.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: bytesSchema })
  @ApiOkResponse({ type: DocumentAnswer })
  async take(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @UploadedFile() upload: UploadedBytes,
  ): Promise<DocumentView> {
    return this.contents.take(caller, id, upload);
  }

  @Get(':id/content')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'Its content, to be saved and not shown' })
  @ApiOkResponse({ content: { '*/*': { schema: bytesSchema } } })
  async open(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { document, bytes } = await this.contents.open(caller, id);
    const { name, mediaType, sha256, size } = document;
    reply.headers({
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
      'x-content-type-options': 'nosniff',
    });
    const disposition = dispositionOf(name.texts[name.original] ?? 'document', mediaType);
    return new StreamableFile(bytes, { type: mediaType, disposition, length: Number(size) });
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Remove it, as long as its agreement is negotiated or its content was not sent' })
  async remove(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    await this.documents.remove(caller, id);
  }
}

/** The same two paths below each resource that has documents. */
function documentsControllerOf(resource: DocumentedResource): Type {
  @ApiTags('Documents')
  @Controller(`v1/${resource}/:id/documents`)
  class DocumentsController {
    constructor(private readonly documents: Documents) {}

    @Post()
    @Created('documents')
    @RequiresScope('agreements:write')
    @ApiOperation({ summary: 'Announce a file that belongs to it; its content is sent afterwards' })
    @ApiCreatedResponse({ type: DocumentAnswer })
    async create(
      @CurrentCaller() caller: Caller,
      @Param('id', IdPipe) resourceId: string,
      @Body() body: CreateDocument,
    ): Promise<DocumentView> {
      return this.documents.create(caller, { resource, resourceId }, body);
    }

    @Get()
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'Its documents, oldest first' })
    @ApiOkResponse({ type: DocumentList })
    async list(
      @CurrentCaller() caller: Caller,
      @Param('id', IdPipe) resourceId: string,
    ): Promise<{ items: DocumentView[] }> {
      return this.documents.of(caller, { resource, resourceId });
    }
  }
  return DocumentsController;
}

export const documentControllers = [...documentedResources.map(documentsControllerOf), DocumentController];
