const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/** Text for between tags. Characters that XML 1.0 has no way to write become `?`. */
export function escapeXml(text: string): string {
  return legal(text).replace(/[&<>]/g, (character) => entities[character]!);
}

/** ` name="value"` for each. */
export function attributesText(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const text = legal(String(value)).replace(/[&<>"\t\n]/g, (character) => entities[character]!);
      return ` ${name}="${text}"`;
    })
    .join('');
}

/** @see https://www.w3.org/TR/xml/#charsets */
function legal(text: string): string {
  return text.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
}
