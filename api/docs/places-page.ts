// The HTML of the small pages for people who open an address of ours in a browser: where everything is, and the sandbox's phone.

export interface Place {
  /** From the root of the host. */
  readonly href: string;
  readonly name: string;
  readonly what: string;
}

export interface PlacesPage {
  readonly title: string;
  readonly what: string;
  readonly places: readonly Place[];
}

/** Names files under the prefix, at the root of the host. */
export function placesPage({ title, what, places }: PlacesPage, prefix: string): string {
  const items = places.map((place) => `<dt><a href="${place.href}">${place.name}</a></dt>\n<dd>${place.what}</dd>`);
  return page(title, prefix, `<p>${what}</p>\n<dl>\n${items.join('\n')}\n</dl>`);
}

/** Asks with whatever is typed; nothing of it is kept. */
export const sandboxPage = page(
  'Sandbox messages',
  '',
  `<p>What a phone would show: the sandbox keeps messages for an hour instead of sending them.</p>
<form id="ask">
<label>Application id <input name="applicationId" autocomplete="off" spellcheck="false" required></label>
<label>Application secret <input name="applicationSecret" type="password" autocomplete="off" required></label>
<label>Phone number <input name="recipient" type="tel" placeholder="+306948530920" autocomplete="off" required></label>
<button>Show messages</button>
</form>
<p class="hint"><code>npm start</code> prints id and secret of the demo application; <code>local.json</code> in its data folder has them, too.</p>
<noscript><p>This form needs JavaScript. Without it:
<code>curl -H "Authorization: Bearer $TOKEN" "$API/sandbox/messages?recipient=%2B306948530920"</code></p></noscript>
<p id="said" role="status"></p>
<ol id="messages"></ol>
<p><a href="/docs">API documentation</a></p>
<script src="/docs/sandbox.mjs" type="module"></script>`,
);

function page(title: string, prefix: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${prefix}/docs/places.css">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}
