// Waits until a fresh Neo4j on 127.0.0.1:<port> answers, and sets the password that its first start asks for.
// set-password.mjs <port> <password> <pid>; exit 1 when the process is gone or three minutes have passed.
import neo4j from 'neo4j-driver';

const [port, password, pid] = process.argv.slice(2);
const deadline = Date.now() + 180_000;
for (;;) {
  const driver = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic('neo4j', 'neo4j'));
  try {
    await driver.executeQuery(
      'ALTER CURRENT USER SET PASSWORD FROM $old TO $new',
      { old: 'neo4j', new: password },
      { database: 'system' },
    );
    break;
  } catch (error) {
    if (Date.now() > deadline) throw error;
    process.kill(Number(pid), 0);
    await new Promise((done) => setTimeout(done, 500));
  } finally {
    await driver.close();
  }
}
