// Which pages each listener shows to browsers, by path.
import { type Place, placesPage, sandboxPage } from './places-page.ts';

const documentation = (prefix: string): Place[] => [
  { href: `${prefix}/docs`, name: 'Documentation', what: 'Every operation, with examples; it can be tried out there.' },
  { href: `${prefix}/openapi.json`, name: 'OpenAPI document', what: 'The same for programs.' },
];

const health: readonly Place[] = [
  { href: '/livez', name: 'Alive', what: 'Whether this process runs.' },
  { href: '/readyz', name: 'Ready', what: 'Whether database and engine answer.' },
];

const sandbox: Place = {
  href: '/sandbox/messages',
  name: 'Sandbox messages',
  what: 'What a phone would show, with the credentials of an application.',
};

/** Of the public API. */
export function publicPages(options: { readonly sandbox: boolean }): Readonly<Record<string, string>> {
  const places = [...documentation(''), ...(options.sandbox ? [sandbox] : []), ...health];
  const what = 'Proves that someone holds a phone number, by a code sent by SMS or said in a call.';
  return {
    '/': placesPage({ title: 'Twostep', what, places }, ''),
    ...(options.sandbox && { [sandbox.href]: sandboxPage }),
  };
}

const adminPage = placesPage(
  {
    title: 'Twostep management API',
    what: 'Sets up and looks after this server. Requests need an operator’s token, which <code>npm run operators</code> makes.',
    places: [...documentation('/admin'), ...health],
  },
  '/admin',
);

/** Of the management API. */
export const adminPages: Readonly<Record<string, string>> = { '/': adminPage, '/admin': adminPage };
