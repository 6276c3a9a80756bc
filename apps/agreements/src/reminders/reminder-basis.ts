/** What a plan rests on beside the commitment itself. */
export interface PlanBasis {
  /** The commitment's own, its event's, or UTC: in this order. */
  zone: string;
  /** The commitment's own, its tenant's, or the usual ones: in this order. */
  leadDays: number[];
  /** False once its agreement ended otherwise than by running out. */
  owed: boolean;
}
