/** What has documents, by the plural in its path. */
export const documentedResources = ['agreements', 'outcome-documents', 'assessments'] as const;
export type DocumentedResource = (typeof documentedResources)[number];
