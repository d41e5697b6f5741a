// Reads TwiML as Twilio would: a call that is told anything else goes wrong in somebody's ear.
export interface Verb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What is between its tags, without verbs. */
  readonly text: string;
  readonly verbs: readonly Verb[];
}

/** The verbs we use, with the attributes Twilio has for them. */
const known: Readonly<Record<string, readonly string[]>> = {
  Response: [],
  Say: ['voice', 'language', 'loop'],
  Pause: ['length'],
  Hangup: [],
  Gather: ['action', 'method', 'input', 'numDigits', 'finishOnKey', 'timeout', 'actionOnEmptyResult'],
};
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly verbs: Verb[];
}

/** The verbs of a response. @throws Error for what is not well-formed, or no TwiML */
export function readTwiml(xml: string): readonly Verb[] {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '');
  const root: Open = { name: '', attributes: {}, text: '', verbs: [] };
  const open: Open[] = [root];
  const token = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const [whole, closing, name = '', attributes = '', empty, text] of body.matchAll(token)) {
    at += whole.length;
    const current = open.at(-1) ?? root;
    if (text !== undefined) current.text += decoded(text);
    else if (closing) {
      if (current.name !== name) throw new Error(`</${name}> closes ${current.name}`);
      open.pop();
      (open.at(-1) ?? root).verbs.push(current);
    } else {
      const verb: Open = { name, attributes: attributesOf(name, attributes), text: '', verbs: [] };
      if (empty) current.verbs.push(verb);
      else open.push(verb);
    }
  }
  const [response, ...more] = root.verbs;
  if (at !== body.length || open.length !== 1 || response?.name !== 'Response' || more.length > 0) {
    throw new Error(`not well-formed from ${at}: ${body.slice(at, at + 40)}`);
  }
  return response.verbs;
}

function attributesOf(verb: string, text: string): Record<string, string> {
  const allowed = known[verb];
  if (!allowed) throw new Error(`no verb ${verb}`);
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z]+)="([^"]*)"/g)) {
    if (!allowed.includes(name)) throw new Error(`${verb} has no ${name}`);
    attributes[name] = decoded(value);
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replace(/&(\w+);|&/g, (_, name?: string) => {
    const character = name === undefined ? undefined : entities[name];
    if (character === undefined) throw new Error('a bare ampersand, or an entity XML does not know');
    return character;
  });
}

/** What somebody hears of it, in order. A Gather is heard to its end where no key is pressed. */
export function heard(verbs: readonly Verb[]): string[] {
  return verbs.flatMap(({ name, text, verbs: nested }) => (name === 'Say' ? [text] : heard(nested)));
}

/** Where a pressed key goes; undefined where none is waited for. */
export function actionOf(verbs: readonly Verb[]): string | undefined {
  return verbs.find(({ name }) => name === 'Gather')?.attributes.action;
}

/** The code as it was heard: six digits, each apart. */
export const codeHeard = (verbs: readonly Verb[]): string =>
  /(\d(?:, \d){5})/.exec(heard(verbs).join(' '))?.[1]?.replaceAll(', ', '') ?? '';
