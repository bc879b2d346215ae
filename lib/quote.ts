/** A text as one word of a shell, whatever is in it. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A text as TypeScript: between single quotes as the sources have it, or between double ones where something in it must be escaped. */
export const literal = (text: string): string => (/['\\\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text}'`);
