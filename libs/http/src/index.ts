export { assertVersion, Created, IfMatch } from './answer-headers';
export { type ApiOptions } from './api-options';
export { isStreamed, jsonBodyLimitBytes, jsonTypes } from './body-parsers';
export {
  type CalledRequest,
  type Caller,
  CallerSource,
  CurrentCaller,
  hasScope,
  Public,
  RequiresScope,
  requireScope,
} from './caller';
export { callerSigningKey, callerTokenHeader, signCallerToken } from './caller-token';
export { createApi } from './create-api';
export { type CallerTokenConfig, callerTokenSettings, type HttpConfig, httpSettings } from './http.settings';
export { IdempotencyKeys } from './idempotency/idempotency-keys';
export { columnsOf, csvFile } from './downloads/csv-file';
export { KeepsOutOfReplay } from './idempotency/idempotency.interceptor';
export { forgetAnswers, itemsInAnswers } from './idempotency/forget-answers';
export { type KeyedRequest, KeyToClaim } from './idempotency/keyed-request';
export { giveAnswer, type RememberedAnswer } from './idempotency/remembered-answer';
export { idempotencyEntities, idempotencyMigrations } from './idempotency/schema';
export { mergePatch } from './merge-patch';
export { openApiDocument } from './open-api';
export { decodeCursor, type Page, pageOf, type PageOrder, PageQuery, paginate, parseRef } from './paging';
export {
  actionNotAllowed,
  conflict,
  eventNotYetKnown,
  type FieldProblem,
  forbidden,
  invalid,
  invalidField,
  notFound,
  Problem,
  type ProblemKind,
  type ProblemOptions,
  unauthenticated,
  unavailable,
} from './problem';
export { problemFrom, sendProblem } from './problem.filter';
export { closeGracefully, serve, startProcess } from './serve';
export { telemetrySettings } from './telemetry.settings';
export { type CellReader, csvLines, readFlag, readNumber } from './uploads/csv-lines';
export { LineSplitter } from './uploads/line-splitter';
export { type InputLine, ndjsonLines } from './uploads/ndjson-lines';
export { Upload, type UploadedBody } from './uploads/upload';
export { type UploadedBytes, UploadedFile } from './uploads/uploaded-file';
export { checkBody, type CheckedBody, IdPipe, validated } from './validation';
export {
  AreEconomies,
  AreExternalRefs,
  AreSourceRefs,
  type FieldOptions,
  IsCertainty,
  IsCode,
  IsEconomy,
  IsExternalRef,
  IsLanguageTag,
  IsLocalizedText,
  IsMoney,
  IsPartialDate,
  IsPersonName,
  IsQuantity,
  IsScheduledTime,
  IsSpeaker,
  valueField,
} from './value-fields';
