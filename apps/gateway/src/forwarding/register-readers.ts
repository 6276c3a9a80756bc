import { type Caller, type CallerSource } from '@expo-accord/http';
import { type FastifyRequest } from 'fastify';
import { type TenantSettings } from '../tenants/tenant-settings.service';

const registerPath = /^\/v1\/register\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/[a-z-]+$/;

/**
 * Who reads: somebody with a key, or, of a register that its tenant has opened, anybody. The service is told of such a
 * reader as of a key of the tenant that may read, and that it is nobody's; this token goes nowhere but to the register.
 */
export async function readerOf(
  request: FastifyRequest,
  path: string,
  { callers, tenants }: { callers: CallerSource; tenants: TenantSettings },
): Promise<Caller> {
  const tenantId = request.method === 'GET' ? registerPath.exec(path)?.[1] : undefined;
  if (tenantId !== undefined && (await tenants.hasPublicRegister(tenantId))) {
    return { tenantId, keyId: tenantId, scopes: ['agreements:read', 'register:open'] };
  }
  return callers.callerOf(request);
}
