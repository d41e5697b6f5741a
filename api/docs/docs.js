// The documentation page in the browser: Swagger UI for the document of this page, and a list of its operations beside it.

import { readable } from './readable.mjs';
import { refusals } from './refusals.mjs';

const { document: place } = document.body.dataset;

// Whoever prefers dark gets dark, also when that changes while the page is open.
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

// Where there is little room the list is there when asked for.
const menu = document.querySelector('nav details');
const narrow = matchMedia('(max-width: 60rem)');
const fold = () => {
  menu.open = !narrow.matches;
};
narrow.addEventListener('change', fold);
fold();

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The operations in these paths, each with the name of the part of the page it stands in. */
function operationsIn(paths, part, shown = () => true) {
  return Object.values(paths).flatMap((methods) =>
    Object.entries(methods)
      .filter(([, { tags }]) => shown(tags))
      .map(([method, { operationId, summary }]) => ({ method, operationId, summary, part })),
  );
}

function link({ method, operationId, summary, part }) {
  const badge = element('span', { className: `method ${method}` }, method === 'delete' ? 'del' : method);
  const made = element('a', { href: `#/${part}/${operationId}` }, badge, summary);
  // Swagger UI reads the address only when it loads, so the list opens the operation itself.
  made.addEventListener('click', () => {
    const block = document.getElementById(`operations-${part.replaceAll(/\s/g, '_')}-${operationId}`);
    block?.querySelector('.opblock-summary-control[aria-expanded="false"]')?.click();
    fold();
    block?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  });
  return element('li', {}, made);
}

function showOperations(spec) {
  document.title = `${spec.info.title} API`;
  const section = (title, operations) =>
    element('section', {}, element('h2', {}, title), element('ul', {}, ...operations.map(link)));
  menu.append(
    ...spec.tags.map(({ name }) =>
      section(
        name,
        operationsIn(spec.paths, name, (tags) => tags?.includes(name)),
      ),
    ),
    ...(spec.webhooks ? [section('Webhooks', operationsIn(spec.webhooks, 'webhooks'))] : []),
  );
}

const spec = readable(await (await fetch(place)).json());
showOperations(spec);
window.SwaggerUIBundle({
  spec,
  dom_id: '#operations',
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  // The example first; the schema behind it is open all the way, since swagger.css hides what would open an enumeration.
  defaultModelExpandDepth: 10,
  defaultModelRendering: 'example',
  plugins: [refusals],
  displayRequestDuration: true,
  // Nothing leaves this page: no validator, no address from elsewhere.
  validatorUrl: null,
  queryConfigEnabled: false,
});
