import { ActionPipe } from '../lifecycle/action.pipe';
import { projectActions, type ProjectAction } from './project.rules';

export class ProjectActionPipe extends ActionPipe<ProjectAction> {
  constructor() {
    super(projectActions);
  }
}

/** For the API document. */
export const projectActionParam = { name: 'action', enum: projectActions };
