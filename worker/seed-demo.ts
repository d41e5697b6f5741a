// One run, at the start of the local stack: key ring, prices, demo account and application, local operator, each only where
// missing. Prints one JSON line; secret and token are in it only when they were just made, since only hashes are kept.
// DEMO_CREDENTIALS is `id:secret` of the demo application an earlier run made: the one application that is taken for it.
import { replaceOperator } from '../admin/operators.ts';
import { loadConfig } from '../config.ts';
import { liveSecrets } from '../domain/live-secret.ts';
import { lackingScopes, scopes } from '../domain/operator.ts';
import { defaultSettings } from '../domain/settings.ts';
import { drawApplicationId, drawApplicationSecret, hashSecret, secretMatches } from '../secrets/credentials.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { findAccount, findApplication } from '../store/accounts.ts';
import { openDatabase } from '../store/database.ts';
import { addAccount, addApplication, addMissingPrices } from '../store/demo.ts';
import { activeOperators } from '../store/operators.ts';
import { demoPrices } from './demo-prices.ts';

const ACCOUNT_ID = 'demo';
const FIRST_BALANCE = 1_000_000_000;

const config = loadConfig(process.env);
const ring = loadKeyRing(config.keyRing);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
try {
  // The account comes after its prices, so where it is they were laid: what lacks since then an operator has removed.
  if (!(await findAccount(database, ACCOUNT_ID))) await addMissingPrices(database, demoPrices());
  const createdAt = new Date();
  await addAccount(
    database,
    {
      _id: ACCOUNT_ID,
      name: 'Demo account',
      currency: 'EUR',
      closed: false,
      available: 0,
      seq: 0,
      creditLimit: 0,
      tail: [],
      createdAt,
    },
    {
      _id: `${ACCOUNT_ID}:topUp:first`,
      kind: 'topUp',
      delta: FIRST_BALANCE,
      amount: FIRST_BALANCE,
      reference: 'Balance of the demo account',
    },
  );
  console.log(JSON.stringify({ ...(await demoApplication(createdAt)), ...(await localOperator()) }));
} finally {
  await database.close();
}

/** Whoever reads DATA_DIR may do everything here; a token that got lost is revoked. */
async function localOperator() {
  const operator = { database, actor: 'npm start' };
  const there = await activeOperators(database, 'local', operator.actor);
  // One made by an older version may lack what is new.
  const whole = there.some((each) => lackingScopes(each, scopes).length === 0);
  if (whole && !process.argv.includes('--new-token')) return {};
  return { operatorToken: await replaceOperator(operator, ring, { name: 'local', scopes }) };
}

async function demoApplication(createdAt: Date) {
  const { DEMO_CREDENTIALS: known = '' } = process.env;
  const colon = known.indexOf(':');
  const [knownId, knownSecret] = [known.slice(0, Math.max(colon, 0)), known.slice(colon + 1)];
  const there = await findApplication(database, knownId);
  if (there?.accountId === ACCOUNT_ID && !there.disabled && !there.deletedAt) {
    const valid = secretMatches(ring, knownId, knownSecret, liveSecrets(there.secrets, Date.now()));
    if (valid) return { created: false, demo: { accountId: ACCOUNT_ID, applicationId: knownId } };
  }
  const applicationId = drawApplicationId();
  const applicationSecret = drawApplicationSecret();
  await addApplication(database, {
    _id: applicationId,
    accountId: ACCOUNT_ID,
    name: 'Demo application',
    secrets: [{ ...hashSecret(ring, applicationId, applicationSecret), createdAt }],
    epoch: 1,
    disabled: false,
    settings: defaultSettings,
    createdAt,
  });
  return { created: true, demo: { accountId: ACCOUNT_ID, applicationId, applicationSecret } };
}
