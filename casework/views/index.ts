/** Saved canvases: versions, conflicts, shares, frozen snapshots. */
export { type Frozen, freezeView, frozenOf, readFrozen, verifyFrozen } from './frozen.ts';
export { type ViewState, type ViewSummary, type ViewVersion, listViews, readView, viewVersions } from './read-views.ts';
export { AUTOSAVES_KEPT, VIEW_MAX_BYTES, addView, deleteView, nameVersion, saveView, shareView } from './save-views.ts';
export { mayReadView } from './view-access.ts';
