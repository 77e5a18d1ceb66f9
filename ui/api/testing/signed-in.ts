import type { Express } from 'express';
import request from 'supertest';
import { ROLES, type Casework, type Role, addAccount } from '../../../casework/index.ts';

/** A supertest agent that is signed in with these roles, the CSRF header included. For tests only. */
export async function signedIn(
  app: Express,
  casework: Casework,
  roles: readonly Role[] = ROLES,
  name = `t${Buffer.from(casework.random(5)).toString('hex')}`,
): Promise<request.Agent> {
  const password = 'correct horse battery';
  await addAccount(casework, null, { name, displayName: name, roles, password });
  return signIn(app, name, password);
}

/** Signs an existing account in. */
export async function signIn(app: Express, name: string, password: string): Promise<request.Agent> {
  const agent = request.agent(app);
  const before = await agent.get('/api/session');
  const after = await agent
    .post('/api/session')
    .set('x-csrf-token', (before.body as { csrfToken: string }).csrfToken)
    .send({ name, password });
  if (after.status !== 200) throw new Error(`signIn: ${after.status} ${JSON.stringify(after.body)}`);
  agent.set('x-csrf-token', (after.body as { csrfToken: string }).csrfToken);
  return agent;
}
