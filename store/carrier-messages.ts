// Messages by their carriers' names for them, where acceptances and receipts meet in whatever order they come.
import { readSendKey, type SendPlace } from '../domain/delivery.ts';
import { type Receipt, receiptKey } from '../domain/receipt.ts';
import { HOUR_MS } from '../domain/retention.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { CarrierMessageDocument, KeptReceipt } from './receipt-documents.ts';

type Messages = Pick<Database, 'carrierMessages'>;
type Acceptance = NonNullable<CarrierMessageDocument['acceptance']>;

/** How long a receipt waits for its send. */
const UNMATCHED_KEPT_MS = HOUR_MS;
const hourAgo = () => new Date(Date.now() - UNMATCHED_KEPT_MS);
const MATCHED_KEPT_MS = 7 * 24 * HOUR_MS;
/** Of one message; the last ones are left to what decides. */
const MOST_RECEIPTS = 20;
const MOST_UNDERWAY = 10;
/** Others were first this many times in a row: more than writers of one message there can be. */
const MAX_ROUNDS = 50;
/** Of one deletion, so that none holds up the service. */
const PURGE_STEP = 1_000;

/** What a message is kept under; a carrier's name holds no colon, so no two carriers meet. */
const idOf = (carrier: string, name: string) => `${carrier}:${name}`;

/** Keeps what is to become of a message; the receipts in it that its verification was not told of yet. */
export interface KeptMessage {
  readonly id: string;
  readonly send?: SendPlace;
  readonly untold: readonly KeptReceipt[];
}

/**
 * Keeps what a carrier answered to a send, first under its idempotency key, then under each of the carrier's own names for it.
 * A repeat changes nothing. Returns the messages, with the receipts that were there before.
 */
export async function rememberAcceptance(
  { carrierMessages }: Messages,
  carrier: string,
  idempotencyKey: string,
  { messageIds, parts, cost }: Acceptance,
): Promise<KeptMessage[]> {
  const send = readSendKey(idempotencyKey);
  if (!send) throw new Error('What was accepted is no send of ours');
  const acceptance = { messageIds, parts, ...(cost !== undefined && { cost }) };
  const kept = [await join(carrierMessages, idOf(carrier, idempotencyKey), { send, acceptance })];
  for (const messageId of messageIds.filter((each) => each !== idempotencyKey)) {
    kept.push(await join(carrierMessages, idOf(carrier, messageId), { send }));
  }
  return kept;
}

/**
 * Keeps another name of a message that was known by its send, for receipts that have this name alone. Returns what came by it
 * before.
 */
export async function rememberName(
  { carrierMessages }: Messages,
  carrier: string,
  messageId: string,
  send: SendPlace,
): Promise<KeptMessage> {
  const _id = idOf(carrier, messageId);
  const found = await carrierMessages.findOne({ _id });
  if (found?.send && isSame(found.send, send)) return keptIn(found);
  return await join(carrierMessages, _id, { send });
}

/** What the carrier answered to a send, or what a receipt that named it tells of that; undefined where neither is known. */
export async function recallAcceptance(
  { carrierMessages }: Messages,
  carrier: string,
  idempotencyKey: string,
  parts: number,
): Promise<Acceptance | undefined> {
  const found = await carrierMessages.findOne({ _id: idOf(carrier, idempotencyKey) });
  if (found?.acceptance) return found.acceptance;
  if (!found || found.receipts.length === 0) return undefined;
  return { messageIds: [...new Set(found.receipts.flatMap(({ messageId }) => messageId ?? []))], parts };
}

/**
 * Adds a receipt to what its message has, once. Of a message not seen yet, `whenNew` says which send it is, if that is known;
 * undefined keeps nothing, and then nothing is returned.
 */
export async function keepReceipt(
  { carrierMessages }: Messages,
  carrier: string,
  name: string,
  { messageId, state, reason }: Receipt,
  whenNew: () => Promise<Pick<CarrierMessageDocument, 'send'> | undefined>,
): Promise<KeptMessage | undefined> {
  const _id = idOf(carrier, name);
  const said = { state, ...(reason !== undefined && { reason }), ...(messageId !== undefined && { messageId }) };
  const receipt: KeptReceipt = { ...said, key: receiptKey(said), at: new Date() };
  const most = state === 'underway' ? MOST_UNDERWAY : MOST_RECEIPTS;
  const roomFor = { 'receipts.key': { $ne: receipt.key }, [`receipts.${most - 1}`]: { $exists: false } };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const inTime = { $or: [{ 'send.trackingId': { $exists: true } }, { keptAt: { $gte: hourAgo() } }] };
    const push = { $push: { receipts: receipt }, $set: { keptAt: receipt.at } };
    await carrierMessages.updateOne({ _id, ...roomFor, ...inTime }, push);
    const found = await carrierMessages.findOne({ _id });
    if (found && (found.send || found.keptAt >= hourAgo())) return keptIn(found);
    if (found) {
      // It is about to be forgotten, and what waited in it found no send: this receipt waits anew.
      const asRead = { _id, send: { $exists: false }, keptAt: found.keptAt };
      await carrierMessages.updateOne(asRead, { $set: { receipts: [receipt], keptAt: receipt.at } });
      continue;
    }
    const first = await whenNew();
    if (!first) return undefined;
    const document = { _id, ...first, receipts: [receipt], keptAt: receipt.at };
    if (await inserted(carrierMessages, document)) return keptIn(document);
  }
  throw busy();
}

/** Notes that the verification knows of a receipt, so that whoever sends it again changes nothing. */
export async function noteTold({ carrierMessages }: Messages, id: string, key: string): Promise<void> {
  await carrierMessages.updateOne({ _id: id }, { $addToSet: { told: key } });
}

/** How many messages have receipts and no send yet, counted to `most`. */
export async function countUnmatched({ carrierMessages }: Messages, most: number): Promise<number> {
  const waiting = { 'send.trackingId': { $exists: false }, keptAt: { $gte: new Date(Date.now() - UNMATCHED_KEPT_MS) } };
  return await carrierMessages.countDocuments(waiting, { limit: most });
}

/** Forgets a step of what found no send within an hour, and of what is older than any receipt. Returns how many. */
export async function purgeCarrierMessages({ carrierMessages }: Messages): Promise<number> {
  const before = (age: number) => ({ $lt: new Date(Date.now() - age) });
  const unmatched = { 'send.trackingId': { $exists: false }, keptAt: before(UNMATCHED_KEPT_MS) };
  let deleted = 0;
  for (const past of [unmatched, { keptAt: before(MATCHED_KEPT_MS) }]) {
    const found = await carrierMessages
      .find(past, { projection: { _id: 1 } })
      .limit(PURGE_STEP)
      .toArray();
    // By their ids and still past their time: an acceptance may just have come.
    const ids = found.map(({ _id }) => _id);
    if (ids.length > 0) deleted += (await carrierMessages.deleteMany({ _id: { $in: ids }, ...past })).deletedCount;
  }
  return deleted;
}

/** Says of which send a message is. What a send before it, by the same name, left there is not its own. */
async function join(
  messages: Messages['carrierMessages'],
  _id: string,
  known: Pick<CarrierMessageDocument, 'acceptance'> & { readonly send: SendPlace },
): Promise<KeptMessage> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const set = { ...known, keptAt: new Date() };
    const document = { _id, ...set, receipts: [] };
    if (await inserted(messages, document)) return keptIn(document);
    const found = await messages.findOne({ _id });
    if (!found) continue;
    const itsOwn = found.send
      ? isSame(found.send, known.send)
      : found.keptAt.getTime() > Date.now() - UNMATCHED_KEPT_MS;
    const asRead = found.send ? { send: found.send } : { send: { $exists: false } };
    const change = itsOwn ? set : { ...set, receipts: [], told: [] };
    if ((await messages.updateOne({ _id, ...asRead }, { $set: change })).matchedCount === 0) continue;
    const joined = await messages.findOne({ _id });
    if (joined) return keptIn(joined);
  }
  throw busy();
}

function keptIn({ _id, send, receipts, told = [] }: CarrierMessageDocument): KeptMessage {
  return { id: _id, ...(send && { send }), untold: receipts.filter(({ key }) => !told.includes(key)) };
}

async function inserted(messages: Messages['carrierMessages'], document: CarrierMessageDocument): Promise<boolean> {
  try {
    await messages.insertOne(document);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

const isSame = (a: SendPlace, b: SendPlace) => a.trackingId === b.trackingId && a.n === b.n && a.step === b.step;

const busy = () => new Error('A message is being written by others without end');
