/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by then; a large one may take a moment to be read.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** As people read it, so that it can be kept, sent on and checked off-line. */
export const saveJson = (name: string, value: unknown): void =>
  saveFile(name, new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }));
