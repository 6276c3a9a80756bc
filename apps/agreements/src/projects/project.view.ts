import { recordedView, type RecordedView } from '../recorded/recorded';
import { type Project, type ProjectContent } from './project.entity';
import { actionsOpenTo, type ProjectAction, type ProjectStatus } from './project.rules';

export type ProjectView = RecordedView &
  ProjectContent & {
    status: ProjectStatus;
    /** The actions that are possible now. */
    actions: ProjectAction[];
  };

export function projectView(project: Project, url: string): ProjectView {
  const { content, status } = project;
  return {
    ...recordedView(project, url),
    ...content,
    industry: content.industry ?? null,
    investment: content.investment ?? null,
    signedOn: content.signedOn ?? null,
    status,
    actions: actionsOpenTo(status, project),
  };
}
