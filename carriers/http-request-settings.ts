// How operators say what a request looks like: address, query, headers and a body in whatever a gateway reads.
import { z } from 'zod';

const LONGEST = 4_000;
const MOST_FIELDS = 50;

const template = z.string('must be a text').max(LONGEST, `must have at most ${LONGEST} characters`);

/** Of a header: RFC 9110, 5.6.2. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const fieldName = z.string().regex(/^[^{}]{1,100}$/, 'must be 1 to 100 characters without { and }');

/** Those that say how the connection is used: `fetch` writes them itself. */
const OWN = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

const headerName = z
  .string('must be the name of a header')
  .regex(TOKEN, 'must be the name of a header')
  .refine((name) => !OWN.test(name), 'is a header of the connection, which is not yours to set');

const fields = (name: z.ZodType<string, string>, what: string) =>
  z
    .record(name, template, 'must be an object of texts')
    .refine((given) => Object.keys(given).length <= MOST_FIELDS, `must have at most ${MOST_FIELDS} fields`)
    .describe(what);

const ADDRESS = 'must be an http or https URL without {{...}} in its host, and without user, password and fragment';

/** Whether a text begins as a URL that leads to one host whatever the values in it are. */
const isAddress = (text: string) =>
  /^https?:\/\/[^/?#{}@\s\\]+(?:[/?]|$)/.test(text) && !text.includes('#') && URL.canParse(text.replace(/[{}]/g, 'x'));

export const baseUrl = template.refine((text) => isAddress(text) && !/[?{}]|\/$/.test(text), {
  error: `${ADDRESS}, nor with a query, {{...}} or a / at its end`,
});

const url = template.refine(
  (text) => isAddress(text) || (/^\/(?!\/)/.test(text) && isAddress(`http://base${text}`)),
  `${ADDRESS}; or the rest of one, from its first /, where there is a baseUrl`,
);

const body = z
  .strictObject({
    json: z.json().optional().describe('An object or a list; its strings are templates'),
    form: fields(fieldName, 'Fields of an HTML form').optional(),
    xml: template.optional().describe('A document; values are escaped'),
    text: template.optional().describe('Anything else; values go in as they are'),
    type: z
      .string('must be a media type')
      .max(200)
      .regex(/^[\w.+-]+\/[\w.+-]+(; *[\w=".-]+)*$/, 'must be a media type')
      .optional()
      .describe('Its media type, where it is not the usual one'),
  })
  .refine(
    ({ json, form, xml, text }) => [json, form, xml, text].filter((each) => each !== undefined).length === 1,
    'must have exactly one of json, form, xml and text',
  );

export const requestSettings = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH'], 'must be GET, POST, PUT or PATCH').default('POST'),
    url: url.describe('Where to; values in it are escaped'),
    query: fields(fieldName, 'What goes behind the ? of the URL').default({}),
    headers: fields(headerName, 'Headers by name').default({}),
    body: body.optional().describe('What is sent, in one of four forms'),
  })
  .describe('A request');

export type RequestSettings = z.output<typeof requestSettings>;

/** A keyed digest in a header, of a body. */
export const digest = {
  header: headerName.describe('The header it stands in'),
  secret: z.string().min(1).max(40).describe('The name of the secret it is made with'),
  algorithm: z.enum(['sha256', 'sha512', 'sha1'], 'must be sha256, sha512 or sha1').default('sha256'),
  encoding: z.enum(['hex', 'base64'], 'must be hex or base64').default('hex'),
  prefix: z.string().max(40).default('').describe('What stands before it, such as `sha256=`'),
};

export const authenticationSettings = z
  .strictObject({
    basic: z
      .strictObject({ username: template, password: template })
      .optional()
      .describe('User and password, as HTTP has it'),
    bearer: template.optional().describe('A token: `{{secret.token}}`'),
    hmac: z.strictObject(digest).optional().describe('A keyed digest of the body'),
  })
  .refine(
    (given) => Object.values(given).filter((each) => each !== undefined).length === 1,
    'must have exactly one of basic, bearer and hmac: any other way is a header or a field',
  );

export type AuthenticationSettings = z.output<typeof authenticationSettings>;
export type DigestSettings = z.output<z.ZodObject<typeof digest>>;
