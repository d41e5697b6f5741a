// The line by which browsers fill in a code: its form, and which domains it takes.
import { describe, expect, test } from 'vitest';
import { renderMessage } from '../../domain/message.ts';
import { fillCode } from '../../domain/template.ts';
import { isWebOtpDomain } from '../../domain/web-otp.ts';

describe('a domain', () => {
  test.each(['example.com', 'login.example.co.uk', 'xn--bcher-kva.example', 'a-b.example', '1.example.com'])(
    'may be %s',
    (text) => {
      expect(isWebOtpDomain(text)).toBe(true);
    },
  );

  test.each([
    '',
    'localhost',
    'https://example.com',
    'example.com/path',
    'example.com:443',
    'Example.com',
    'exa mple.com',
    '-a.com',
    'a-.com',
    'a..com',
    '.com',
    'example.com.',
    '127.0.0.1',
    'bücher.example',
    'example.com #1',
    'example.com\n',
    `${'a.'.repeat(126)}com`,
    `${'a'.repeat(64)}.com`,
  ])('may not be "%s"', (text) => {
    expect(isWebOtpDomain(text)).toBe(false);
  });
});

describe('the WebOTP line', () => {
  const request = { template: 'Code @@pin', arguments: {}, digits: 6, maxParts: 4, webOtpDomain: 'example.com' };
  const textOf = (rendered: ReturnType<typeof renderMessage>) =>
    'problem' in rendered ? rendered.problem : fillCode(rendered.segments, '123456');

  test('is the last of an SMS, with the same code', () => {
    expect(textOf(renderMessage({ ...request, method: 'sms' }))).toBe('Code 123456\n@example.com #123456');
  });

  test('is not spoken, and a call carries its language, an SMS none', () => {
    const call = renderMessage({ ...request, method: 'voice', language: 'el-GR' });
    expect(textOf(call)).toBe('Code 123456');
    expect(call).toMatchObject({ language: 'el-GR' });
    expect(renderMessage({ ...request, method: 'sms', language: 'el-GR' })).not.toHaveProperty('language');
  });

  test('is not scanned for placeholders', () => {
    const rendered = renderMessage({ ...request, method: 'sms', arguments: { example: 'no' } });
    expect(textOf(rendered)).toContain('\n@example.com #123456');
  });
});
