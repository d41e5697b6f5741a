// The documentation page in the browser: Swagger UI for the document of this page, and a list of its operations beside it.

const { document: place } = document.body.dataset;

// Whoever prefers dark gets dark, also when that changes while the page is open.
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The operations of a tag, each with the name of the part of the page it stands in: webhooks have one of their own. */
function operationsOf(spec, tag) {
  const within = (paths = {}, part = tag) =>
    Object.values(paths).flatMap((methods) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags?.includes(tag))
        .map(([method, { operationId, summary }]) => ({ method, operationId, summary, part })),
    );
  return [...within(spec.paths), ...within(spec.webhooks, 'webhooks')];
}

function link({ method, operationId, summary, part }) {
  const badge = element('span', { className: `method ${method}` }, method === 'delete' ? 'del' : method);
  const made = element('a', { href: `#/${part}/${operationId}` }, badge, summary);
  // Swagger UI reads the address only when it loads, so the list opens the operation itself.
  made.addEventListener('click', () => {
    const block = document.getElementById(`operations-${part.replaceAll(/\s/g, '_')}-${operationId}`);
    block?.querySelector('.opblock-summary-control[aria-expanded="false"]')?.click();
    block?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  });
  return element('li', {}, made);
}

function showOperations(spec) {
  document.title = `${spec.info.title} API`;
  const sections = spec.tags.map(({ name }) => {
    const links = operationsOf(spec, name).map(link);
    return element('section', {}, element('h2', {}, name), element('ul', {}, ...links));
  });
  document.querySelector('nav').append(...sections);
}

const spec = await (await fetch(place)).json();
showOperations(spec);
window.SwaggerUIBundle({
  spec,
  dom_id: '#operations',
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 2,
  defaultModelRendering: 'model',
  displayRequestDuration: true,
  // Nothing leaves this page: no validator, no address from elsewhere.
  validatorUrl: null,
  queryConfigEnabled: false,
});
