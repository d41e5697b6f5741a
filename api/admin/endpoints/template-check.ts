// POST /admin/templates/check: what a template would come to, without saving it.
import { z } from 'zod';
import { invalid } from '../../../admin/operator.ts';
import { settingsOf } from '../../../admin/settings.ts';
import { defaultSettings } from '../../../domain/settings.ts';
import { checkTemplate } from '../../../domain/template-check.ts';
import { findLive } from '../../../store/accounts.ts';
import { allPrices } from '../../../store/prices.ts';
import { word } from '../../fields.ts';
import { placeField } from '../../place-field.ts';
import { endpoint } from '../endpoint.ts';
import { integer, optional, removable, required } from '../fields.ts';
import { template, webOtpDomain } from '../settings-fields.ts';
import { showTemplate, templateBody } from '../template-body.ts';

const fields = z.object({
  template: required(template).describe('The text, up to 1,000 characters.'),
  method: optional(word('sms', 'voice')).describe('sms unless given.'),
  applicationId: optional(z.string('must be a string')).describe(
    'Whose settings count where the next ones are left out.',
  ),
  digits: optional(integer(4, 10)).describe('Digits of the code.'),
  maxParts: optional(integer(1, 10)).describe('Parts a message may take at most.'),
  webOtpDomain: removable(webOtpDomain).describe('The site of the WebOTP line; null for no line.'),
  countries: optional(z.array(placeField, 'must be an array').max(300, 'must be at most 300')).describe(
    'Prices of these countries only.',
  ),
});

export const postTemplateCheck = endpoint(
  {
    id: 'checkTemplate',
    method: 'post',
    path: '/admin/templates/check',
    tag: 'Settings',
    summary: 'Check a template without saving it',
    description:
      'Says whether it may be used, how it is encoded and why, how many parts it takes and what it costs by country.',
    scope: 'applications:read',
    body: { schema: fields, types: ['json'] },
    answer: templateBody,
  },
  async ({ database }, { body }) => {
    const { applicationId, method = 'sms', countries } = body;
    const application =
      applicationId === undefined ? { settings: defaultSettings } : await findLive(database, applicationId);
    if (!application) throw invalid('applicationId', 'is unknown');
    const settings = settingsOf(application);
    const check = checkTemplate({
      template: body.template,
      method,
      digits: body.digits ?? settings.digits,
      maxParts: body.maxParts ?? settings.maxParts,
      webOtpDomain: body.webOtpDomain === undefined ? settings.webOtpDomain : (body.webOtpDomain ?? undefined),
    });
    return showTemplate({ method, ...check }, await allPrices(database), countries);
  },
);
