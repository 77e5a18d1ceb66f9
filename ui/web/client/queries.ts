import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api.ts';
import { tellAccess } from './access.ts';

/** Every question and every act of the page. What the API refuses for want of a session or a purpose is told to the shell, which asks for it. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => tellAccess(error) }),
  mutationCache: new MutationCache({ onError: (error) => tellAccess(error) }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: false,
    },
  },
});
