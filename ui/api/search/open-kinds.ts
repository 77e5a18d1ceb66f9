/** Kinds that only who may read personal data finds by searching. */
export const PERSONAL_KINDS: readonly string[] = ['person', 'phone'];

/** Kinds that a search may find and count; null = all. Without the right, personal kinds are neither found nor counted, asked for or not.
 *  @param asked  null = no kind was named  @param all  every kind there is */
export function openKinds(
  all: readonly string[],
  asked: readonly string[] | null,
  mayReadPersons: boolean,
): readonly string[] | null {
  return mayReadPersons ? asked : (asked ?? all).filter((kind) => !PERSONAL_KINDS.includes(kind));
}
