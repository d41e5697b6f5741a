// A message rendered and measured: refused without a place for the code or with too many parts.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type RenderRequest, renderMessage } from '../../domain/message.ts';
import { measureMessage } from '../../domain/parts.ts';

vi.mock('../../domain/parts.ts', { spy: true });
beforeEach(() => {
  vi.mocked(measureMessage).mockClear();
});

const request = (asked: Partial<RenderRequest>): RenderRequest => ({
  template: 'Your code: @@pin',
  arguments: {},
  method: 'sms',
  digits: 6,
  maxParts: 4,
  ...asked,
});

describe('a message', () => {
  test('comes as segments with its size', () => {
    expect(renderMessage(request({}))).toEqual({
      segments: [{ text: 'Your code: ' }, { code: true }],
      encoding: 'GSM-7',
      parts: 1,
    });
  });

  test.each(['no place', '@@pincode', ''])('of the template "%s" is 400011001 invalidTemplate', (template) => {
    expect(renderMessage(request({ template }))).toBe('invalidTemplate');
    expect(renderMessage(request({ template, method: 'voice' }))).toBe('invalidTemplate');
  });

  test('whose only @@pin stands in a value is 400011001 invalidTemplate', () => {
    expect(renderMessage(request({ template: '@@a', arguments: { a: '@@pin' } }))).toBe('invalidTemplate');
  });

  test('of as many parts as allowed is rendered, of one more is 400011001 invalidTemplate', () => {
    const template = `@@pin ${'a'.repeat(4 * 153 - 7)}`;
    expect(renderMessage(request({ template }))).toMatchObject({ parts: 4 });
    expect(renderMessage(request({ template: `${template}a` }))).toBe('invalidTemplate');
    expect(renderMessage(request({ template: `${template}a`, maxParts: 5 }))).toMatchObject({ parts: 5 });
  });

  test('has its parts counted after the values are in, with the code as long as it will be', () => {
    const fits = { template: '@@pin@@a', arguments: { a: 'a'.repeat(154) }, maxParts: 1 };
    expect(renderMessage(request(fits))).toMatchObject({ parts: 1 });
    expect(renderMessage(request({ ...fits, digits: 7 }))).toBe('invalidTemplate');
  });

  test('that is spoken is one part however long', () => {
    expect(renderMessage(request({ method: 'voice', template: `@@pin ${'a'.repeat(900)}` }))).toMatchObject({
      parts: 1,
    });
  });

  test('that cannot fit is 400011001 invalidTemplate without being measured, which takes time with length', () => {
    const huge = { template: `@@pin${'@@a'.repeat(331)}`, arguments: { a: 'ä😀'.repeat(33) } };
    expect(huge.template.length).toBeLessThanOrEqual(1_000);
    expect(renderMessage(request(huge))).toBe('invalidTemplate');
    expect(renderMessage(request({ template: `@@pin ${'a'.repeat(4 * 160 - 6)}` }))).toBe('invalidTemplate');
    expect(measureMessage).not.toHaveBeenCalled();
    // The longest that might fit is measured.
    expect(renderMessage(request({ template: `@@pin ${'a'.repeat(4 * 160 - 7)}` }))).toBe('invalidTemplate');
    expect(measureMessage).toHaveBeenCalledOnce();
  });

  test('that is spoken is one part and not measured, with values of any length and whatever maxParts says', () => {
    const long = { template: `@@pin${'@@a'.repeat(331)}`, arguments: { a: 'ä'.repeat(100) }, maxParts: 1 };
    expect(renderMessage(request({ ...long, method: 'voice' }))).toMatchObject({ parts: 1 });
    expect(measureMessage).not.toHaveBeenCalled();
  });
});
