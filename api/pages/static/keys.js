// Whether a key is being typed into something, and so is no command.
export function typing(element) {
  return Boolean(element.closest?.("input, textarea, select, [contenteditable], dialog"));
}
