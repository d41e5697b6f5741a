// GET /2step/reports and /2step/reports/applications/{applicationId}: verifications by status and country.
import type { Context } from 'koa';
import { z } from 'zod';
import { RefusedError } from '../../domain/errors.ts';
import { reportOf } from '../../domain/report.ts';
import type { Status } from '../../domain/verification.ts';
import { findApplication } from '../../store/accounts.ts';
import { countVerifications } from '../../store/reports.ts';
import { count } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { periodFields } from '../paging.ts';

const query = z.object(periodFields);
const params = z.object({ applicationId: z.string().describe('Of the same account; in any case.') });

const totals = z
  .object({
    Pending: count,
    Verified: count,
    Cancelled: count,
    Expired: count,
    Failed: count,
  } satisfies Record<Status, z.ZodType>)
  .meta({ id: 'Totals', description: 'Verifications by status; all five are always there.' });
const report = z.object({
  total: count,
  totals,
  perCountry: z.record(z.string(), totals).describe('By the recipient’s country.'),
  conversionRate: z.number().min(0).max(1).nullable().describe('Verified among those decided; null while none is.'),
  secondsToVerify: z.number().min(0).nullable().describe('From start to right answer, on average; null while none is.'),
});
const applicationReport = z.object({ applicationId: z.string(), ...report.shape });

export const accountReportOperation: Operation = {
  id: 'readAccountReport',
  method: 'get',
  path: '/2step/reports',
  tag: 'Reports',
  summary: 'Verifications of the account by status and country',
  security: 'token',
  query,
  answer: report,
  errors: [],
};

export const applicationReportOperation: Operation = {
  id: 'readApplicationReport',
  method: 'get',
  path: '/2step/reports/applications/:applicationId',
  tag: 'Reports',
  summary: 'Verifications of one application by status and country',
  security: 'token',
  params,
  query,
  answer: applicationReport,
  errors: ['applicationNotFound'],
};

type ReportDeps = Pick<ApiDeps, 'database'>;

export function readAccountReport({ database }: ReportDeps) {
  return async function accountReport(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const period = readFields(query, queryOf(ctx));
    const body: z.output<typeof report> = reportOf(
      await countVerifications(database, { accountId: account._id, ...period }),
    );
    ctx.body = body;
  };
}

export function readApplicationReport({ database }: ReportDeps) {
  return async function readReport(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const period = readFields(query, queryOf(ctx));
    const applicationId = String(ctx.params.applicationId).toLowerCase();
    const application = await findApplication(database, applicationId);
    if (application?.accountId !== account._id) throw new RefusedError('applicationNotFound');
    const groups = await countVerifications(database, { accountId: account._id, applicationId, ...period });
    const body: z.output<typeof applicationReport> = { applicationId, ...reportOf(groups) };
    ctx.body = body;
  };
}
