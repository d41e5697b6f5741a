// The page of the sandbox in the browser: gets a token with what is typed and shows the messages; nothing is kept.

const form = document.querySelector('#ask');
const said = document.querySelector('#said');
const list = document.querySelector('#messages');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  said.textContent = 'Asking …';
  list.replaceChildren();
  try {
    const messages = await read(Object.fromEntries(new FormData(form)));
    said.textContent = messages.length === 0 ? 'No message to this number within the last hour.' : '';
    list.replaceChildren(...messages.map(shown));
  } catch (error) {
    said.textContent = error.message;
  }
});

async function read({ applicationId, applicationSecret, recipient }) {
  const credentials = btoa(`${applicationId.trim()}:${applicationSecret.trim()}`);
  const token = await ask('/oauth/token', {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const query = new URLSearchParams({ recipient });
  return await ask(`/sandbox/messages?${query}`, { headers: { Authorization: `Bearer ${token.access_token}` } });
}

async function ask(place, options) {
  const headers = { Accept: 'application/json', ...options.headers };
  // With credentials of its own the browser would put a dialog of its own before a refusal.
  const answer = await fetch(place, { ...options, headers, credentials: 'omit' });
  const body = await answer.json();
  if (answer.ok) return body;
  if (answer.status === 401) throw new Error('Application id and secret do not fit.');
  const { developerMessage, properties = {} } = body;
  throw new Error([developerMessage, ...Object.entries(properties).map((each) => each.join(' '))].join(' '));
}

function shown({ originator, method, text, sentAt }) {
  const item = document.createElement('li');
  const time = document.createElement('time');
  time.dateTime = sentAt;
  time.textContent = `${method === 'sms' ? 'SMS' : 'Call'} from ${originator}, ${new Date(sentAt).toLocaleString()}`;
  const words = document.createElement('p');
  words.textContent = text;
  item.append(time, words);
  return item;
}
