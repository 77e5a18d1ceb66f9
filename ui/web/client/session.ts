import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Right, type SessionState, sessionState } from '../../contract/index.ts';
import { ApiProblem, ask } from './api.ts';

/** The key of the one question that says who is signed in. */
export const SESSION = ['session'] as const;

/** Who is signed in and what works. `null`: this server has no accounts, and everything it has may be asked.
 *  Undefined while it is asked for. */
export function useSession(): {
  readonly session: SessionState | null | undefined;
  readonly error: Error | null;
  readonly again: () => void;
} {
  const found = useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: 5 * 60_000 });
  return { session: found.data, error: found.error, again: () => void found.refetch() };
}

async function readSession(): Promise<SessionState | null> {
  try {
    return await ask('/api/session', sessionState);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** Whether an act is the account's to do. A server without accounts refuses nothing. */
export function useMay(): (right: Right) => boolean {
  const { session } = useSession();
  return (right) => session === null || (session?.rights.includes(right) ?? false);
}

/** Signs out; everything that was read is forgotten. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: () => ask('/api/session', sessionState, { method: 'DELETE' }),
    onSuccess: (state) => {
      client.clear();
      client.setQueryData(SESSION, state);
    },
  });
  return () => leave.mutate();
}
