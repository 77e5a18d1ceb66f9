import { Router } from 'express';
import {
  askUnlock,
  decideUnlock,
  listUnlocks,
  logPersonRead,
  maskedValue,
  unlockedUntil,
} from '../../../casework/index.ts';
import { InputError } from '../../../ingest/base/index.ts';
import { isNearLead, leadDetail, personValues } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn, principalIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Person-level data: only for a stated purpose, masked unless two officers unlocked the person for the purpose's lead, every read logged. */
export const personRoutes: Resource = {
  operations: [
    {
      path: '/api/persons/{id}',
      summary: 'A person’s values with their rows, masked unless unlocked for the lead of the purpose',
      right: 'persons.read',
      needsPurpose: true,
      params: contract.idPath,
      answer: contract.personDetail,
    },
    {
      path: '/api/unlocks',
      summary: 'Unlocks: one’s own, or all for whom may decide',
      right: 'persons.read',
      answer: contract.unlockList,
    },
    {
      method: 'post',
      path: '/api/unlocks',
      summary: 'Ask to unlock one person for one lead; in an emergency at once, to be reviewed',
      right: 'persons.read',
      needsPurpose: true,
      body: contract.newUnlock,
      answer: contract.unlock,
    },
    {
      method: 'post',
      path: '/api/unlocks/{id}/decision',
      summary: 'The second officer’s word, or the review of an emergency',
      right: 'persons.unlock',
      params: contract.idPath,
      body: contract.unlockDecision,
      answer: contract.unlock,
    },
  ],
  router,
};

function router({ casework, snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/persons/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { account, purpose } = principalIn(response);
    const person = await snapshot.use((db) => personValues(db, id));
    const leadId = purpose?.leadId ?? null;
    const until = leadId === null ? null : await unlockedUntil(casework, account.accountId, { personId: id, leadId });
    await logPersonRead(casework, actorIn(response), {
      personId: id,
      leadId,
      isUnlocked: until !== null,
      rows: person.statements.length,
    });
    response.set('cache-control', 'no-store');
    answer(response, contract.personDetail, {
      entityId: id,
      pseudonym: person.pseudonym,
      isUnlocked: until !== null,
      unlockedUntil: until,
      statements: person.statements.map(({ property, value, rowId }) => ({
        property,
        value: until === null ? maskedValue(property, value) : value,
        isMasked: until === null,
        rowId,
      })),
    });
  });
  routes.get('/unlocks', async (_request, response) => {
    const { account, rights } = principalIn(response);
    const unlocks = await listUnlocks(casework, account.accountId, rights.has('persons.unlock'));
    answer(response, contract.unlockList, { unlocks });
  });
  routes.post('/unlocks', async (request, response) => {
    const given = contract.newUnlock.parse(request.body);
    const { purpose } = principalIn(response);
    if (purpose?.leadId !== given.leadId)
      throw new InputError(
        'purpose-needed',
        `unlock: the stated purpose names lead ${purpose?.leadId ?? 'none'}, not ${given.leadId}; state one for that lead`,
      );
    await snapshot.use(async (db) => {
      await leadDetail(db, given.leadId);
      await personValues(db, given.personId);
      if (!(await isNearLead(db, given.personId, given.leadId)))
        throw new InputError(
          'not-near',
          `unlock: ${given.personId} is not within two links of the subject of lead ${given.leadId}`,
        );
    });
    answer(response, contract.unlock, await askUnlock(casework, actorIn(response), given));
  });
  routes.post('/unlocks/:id/decision', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const given = contract.unlockDecision.parse(request.body);
    answer(response, contract.unlock, await decideUnlock(casework, actorIn(response), id, given));
  });
  return routes;
}
