import { KeepMergedOrganizations1795400000000 } from './1795400000000-keep-merged-organizations';
import { MergedOrganization } from './merged-organization.entity';

export { MergedOrganizations } from './merged-organizations';
export { AsRecorded, SurvivingOrganizationsInterceptor } from './surviving-organizations.interceptor';

export const organizationEntities = [MergedOrganization];
export const organizationMigrations = [KeepMergedOrganizations1795400000000];
