/** What the centre's people have in hand; filled from casework. */
export function WorkPanel() {
  return null;
}
