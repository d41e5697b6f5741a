// Accounts and applications: what the API reads before it starts anything.

import type { Database } from './database.ts';
import type { AccountDocument, ApplicationDocument } from './documents.ts';
import { findPage, type Page, type PageRequest } from './page.ts';

/** The account, or null. */
export async function findAccount({ accounts }: Database, id: string): Promise<AccountDocument | null> {
  return await accounts.findOne({ _id: id });
}

/** The application, or null. */
export async function findApplication({ applications }: Database, id: string): Promise<ApplicationDocument | null> {
  return await applications.findOne({ _id: id });
}

/** The application, or null where there is none or it is deleted. */
export async function findLive(database: Database, id: string): Promise<ApplicationDocument | null> {
  const application = await findApplication(database, id);
  return application?.deletedAt ? null : application;
}

/** A page of accounts, the newest first. */
export async function listAccounts(
  { accounts }: Database,
  filter: { readonly closed?: boolean | undefined },
  page: PageRequest,
): Promise<Page<AccountDocument>> {
  return await findPage(accounts, filter, newestFirst, page);
}

/** A page of applications that are not deleted, the newest first. */
export async function listApplications(
  { applications }: Database,
  filter: { readonly accountId?: string | undefined },
  page: PageRequest,
): Promise<Page<ApplicationDocument>> {
  return await findPage(applications, { ...filter, deletedAt: { $exists: false } }, newestFirst, page);
}

const newestFirst = { createdAt: -1, _id: -1 } as const;
