// The HTML of the documentation page.

/** Names files under the prefix, at the root of the host. */
export function docsPage(title: string, prefix: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${prefix}/docs/swagger-ui.css">
<link rel="stylesheet" href="${prefix}/docs/docs.css">
<link rel="stylesheet" href="${prefix}/docs/swagger.css">
<link rel="stylesheet" href="${prefix}/docs/narrow.css">
<script src="${prefix}/docs/swagger-ui-bundle.js" defer></script>
<script src="${prefix}/docs/docs.js" type="module"></script>
</head>
<body data-document="${prefix}/openapi.json">
<nav aria-label="Operations">
<h1>${title}</h1>
<p><a href="${prefix}/openapi.json">openapi.json</a></p>
<details open>
<summary>All operations</summary>
</details>
</nav>
<main id="operations"></main>
</body>
</html>
`;
}
