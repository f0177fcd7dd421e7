import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { Study, StudyKind, StudyStore } from '@repartee/decisioning';

/** A study as the API shows it. */
export function studyAnswer(study: Study) {
  const { id, state, processed, total, request, reason, result } = study;
  return {
    id,
    state,
    processed,
    total,
    request,
    reason,
    createdAt: study.createdAt.toISOString(),
    finishedAt: study.finishedAt?.toISOString() ?? null,
    result,
  };
}

/** Fails with SIMULATION.NOT_FOUND. */
export async function findStudy(store: StudyStore, kind: StudyKind, id: string): Promise<Result<Study>> {
  const study = await store.get(kind, id);
  return study ? ok(study) : fail(failure('SIMULATION.NOT_FOUND', `There is no ${kind} ${id}.`));
}

/** Fails with SIMULATION.NOT_FOUND, or SIMULATION.WRONG_STATE when it is over. */
export async function cancelStudy(store: StudyStore, kind: StudyKind, id: string): Promise<Result<Study>> {
  const cancelled = await store.cancel(kind, id);
  if (cancelled) return ok(cancelled);
  const found = await findStudy(store, kind, id);
  return found.ok ? fail(failure('SIMULATION.WRONG_STATE', `It is ${found.value.state} already.`)) : found;
}

export async function studyPage(store: StudyStore, kind: StudyKind, limit: number, cursor?: string) {
  const found = await store.list(kind, limit + 1, cursor);
  const page = found.slice(0, limit);
  return {
    items: page.map(studyAnswer),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
