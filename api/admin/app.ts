// Builds the management API from its dependencies; it never listens.
import type Koa from 'koa';
import { appAround } from '../app.ts';
import { adminPages } from '../docs/pages.ts';
import type { AdminDeps } from './endpoint.ts';
import { createAdminRouter } from './routes.ts';
import { adminSentences } from './sentences.ts';

export function createAdminApp(deps: AdminDeps): Koa {
  return appAround(createAdminRouter(deps), deps, adminPages, adminSentences);
}
