// GET /2step/reports and /2step/reports/applications/{applicationId}: verifications by status and country.
import type { Context } from 'koa';
import { z } from 'zod';
import { RefusedError } from '../../domain/errors.ts';
import { reportOf } from '../../domain/report.ts';
import { findApplication } from '../../store/accounts.ts';
import { countVerifications } from '../../store/reports.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import { periodFields } from '../paging.ts';

const query = z.object(periodFields);

type ReportDeps = Pick<ApiDeps, 'database'>;

export function readAccountReport({ database }: ReportDeps) {
  return async function accountReport(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const period = readFields(query, ctx.query);
    ctx.body = reportOf(await countVerifications(database, { accountId: account._id, ...period }));
  };
}

export function readApplicationReport({ database }: ReportDeps) {
  return async function applicationReport(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const period = readFields(query, ctx.query);
    const applicationId = String(ctx.params.applicationId).toLowerCase();
    const application = await findApplication(database, applicationId);
    if (application?.accountId !== account._id) throw new RefusedError('applicationNotFound');
    const groups = await countVerifications(database, { accountId: account._id, applicationId, ...period });
    ctx.body = { applicationId, ...reportOf(groups) };
  };
}
