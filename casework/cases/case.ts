import type { CaseLevel, CaseState, OUTCOME_RESULTS } from '../codes/index.ts';
import type { Priority } from '../leads/index.ts';

/** What a closed case came to; money in yuan, waste in tonnes, land in m²; null = not known. */
export interface CaseOutcome {
  readonly result: (typeof OUTCOME_RESULTS)[number];
  readonly fineYuan: number | null;
  readonly wasteTonnes: number | null;
  readonly restorationYuan: number | null;
  readonly restoredAreaM2: number | null;
  readonly penaltyNo: string | null;
  readonly note: string;
}

export interface CaseSummary {
  readonly caseId: string;
  readonly number: string;
  readonly title: string;
  readonly template: string;
  readonly state: CaseState;
  readonly level: CaseLevel;
  readonly priority: Priority;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly dueAt: string | null;
  readonly isOverdue: boolean;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly version: number;
  readonly tasks: { readonly done: number; readonly all: number };
  readonly leadIds: readonly string[];
}

export interface CaseEntity {
  readonly entityId: string;
  readonly kind: string;
  readonly label: string;
}

export interface Task {
  readonly taskId: string;
  readonly caseId: string;
  readonly title: string;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly dueAt: string | null;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
  readonly isOverdue: boolean;
}
