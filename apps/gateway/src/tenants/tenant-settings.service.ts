import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { LRUCache } from 'lru-cache';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config';
import { type TenantAnswer } from './tenant.dto';
import { Tenant } from './tenant.entity';

const rememberedTenants = 10_000;

/** What a tenant has decided for all who come to it. Trusted as long as a key is: for KEY_CACHE_MS. */
@Injectable()
export class TenantSettings {
  private readonly open = new LRUCache<string, { isOpen: boolean; until: number }>({ max: rememberedTenants });

  constructor(
    private readonly transactions: Transactions,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  async read({ tenantId: id }: Caller): Promise<TenantAnswer> {
    const { name, publicRegister } = await this.transactions.manager.findOneByOrFail(Tenant, { id });
    return { id, name, publicRegister };
  }

  async openRegister(caller: Caller, publicRegister: boolean): Promise<TenantAnswer> {
    await this.transactions.manager.update(Tenant, { id: caller.tenantId }, { publicRegister });
    this.open.delete(caller.tenantId);
    return this.read(caller);
  }

  /** False also for a tenant that there is not: nobody without a key learns which there are. */
  async hasPublicRegister(tenantId: string): Promise<boolean> {
    const known = this.open.get(tenantId);
    if (known !== undefined && known.until > Date.now()) return known.isOpen;
    const until = Date.now() + this.config.KEY_CACHE_MS;
    const isOpen = await this.transactions.manager.existsBy(Tenant, { id: tenantId, publicRegister: true });
    this.open.set(tenantId, { isOpen, until });
    return isOpen;
  }
}
