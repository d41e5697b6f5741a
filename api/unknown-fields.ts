// What a request holds that its schema has no place for, at every depth: a misspelt name would else be lost in silence.
import { z } from 'zod';
import { unknownName } from '../domain/nearest-name.ts';
import { MOST_NAMED } from './fields.ts';

/** Each unknown name by its path, with the nearest known one. */
export function unknownFields(schema: z.ZodType | undefined, value: unknown): Record<string, string> {
  const found = new Map<string, string>();
  look(schema ?? z.object({}), value, [], found);
  return Object.fromEntries(found);
}

function look(schema: z.core.$ZodType, value: unknown, path: readonly string[], found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null || found.size >= MOST_NAMED) return;
  const shape = shapeOf(schema);
  if (shape instanceof z.ZodArray && Array.isArray(value)) {
    for (const [index, each] of value.entries()) look(shape.element, each, [...path, String(index)], found);
  } else if (shape instanceof z.ZodRecord && !Array.isArray(value)) {
    for (const [name, each] of Object.entries(value)) look(shape.valueType, each, [...path, name], found);
  } else if (shape instanceof z.ZodObject && !Array.isArray(value)) {
    const known = Object.keys(shape.shape);
    for (const [name, each] of Object.entries(value)) {
      const field = Object.hasOwn(shape.shape, name) ? shape.shape[name] : undefined;
      if (field) look(field, each, [...path, name], found);
      else if (found.size < MOST_NAMED) found.set([...path, name].join('.'), unknownName(name, known));
    }
  }
}

/** The list, record or object that is inside of what makes it optional, nullable, another thing afterwards, or one of several. */
function shapeOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return shapeOf(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) {
    // A preprocessing stands before its schema, a transformation behind it.
    return shapeOf(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  }
  if (schema instanceof z.ZodUnion) return schema.options.map(shapeOf).find((each) => each !== undefined);
  const shaped = schema instanceof z.ZodObject || schema instanceof z.ZodArray || schema instanceof z.ZodRecord;
  return shaped ? schema : undefined;
}
