// GET and PATCH /admin/applications/{applicationId}/settings: what its verifications start with.
import { z } from 'zod';
import { changeSettings, settingsOf } from '../../../admin/settings.ts';
import { listedSigningSecrets } from '../../../admin/signing-secrets.ts';
import { checkTemplates } from '../../../domain/settings-check.ts';
import { settingsWarnings } from '../../../domain/settings-warnings.ts';
import type { ApplicationDocument } from '../../../store/documents.ts';
import { allPrices } from '../../../store/prices.ts';
import { applicationId, existingApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { showSigningSecret } from '../secret-body.ts';
import { settingsBody, settingsChange } from '../settings-fields.ts';
import { showTemplate, templateBody } from '../template-body.ts';

const path = '/admin/applications/:applicationId/settings';
const tag = 'Settings';

export const getSettings = endpoint(
  {
    id: 'readSettings',
    method: 'get',
    path,
    tag,
    summary: "Read an application's settings",
    scope: 'applications:read',
    params: z.object(applicationId),
    answer: settingsBody,
  },
  async ({ database }, { params }) => showSettings(await existingApplication(database, params.applicationId)),
);

export const patchSettings = endpoint(
  {
    id: 'changeSettings',
    method: 'patch',
    path,
    tag,
    summary: "Change an application's settings",
    description:
      'What is left out stays; all changes are made, or none. The next verification uses them, one under way keeps what it ' +
      'started with. Every template is checked with the digits, parts and domain that are in force afterwards.',
    scope: 'applications:write',
    params: z.object(applicationId),
    body: { schema: settingsChange, types: ['json'] },
    answer: settingsBody.extend({
      templates: z
        .array(templateBody.extend({ field: z.string().describe('The setting it is, such as translations.GR.sms.') }))
        .describe('What every template comes to.'),
      signingSecret: z
        .string()
        .optional()
        .describe('With the first callback URL: what signs callbacks, `whsec_` and base64; shown this once.'),
    }),
  },
  async ({ database, ring, allowedHosts }, { operator, params, body }) => {
    const tools = { ring, allowedHosts };
    const { application, signingSecret } = await changeSettings(operator, tools, params.applicationId, body);
    const prices = await allPrices(database);
    const templates = checkTemplates(settingsOf(application)).map(({ field, country, ...check }) => ({
      field,
      ...showTemplate(check, prices, country === undefined ? undefined : [country]),
    }));
    return { ...showSettings(application), templates, ...(signingSecret && { signingSecret: signingSecret.secret }) };
  },
);

function showSettings(application: ApplicationDocument): z.input<typeof settingsBody> {
  const { webOtpDomain = null, restrictions = null, translations, ...settings } = settingsOf(application);
  const { url = null, paused = false } = application.callback ?? {};
  return {
    ...settings,
    webOtpDomain,
    restrictions,
    translations: { ...translations },
    callbackUrl: url,
    callbackPaused: paused,
    signingSecrets: listedSigningSecrets(application).map(showSigningSecret),
    warnings: settingsWarnings(settingsOf(application)),
  };
}
