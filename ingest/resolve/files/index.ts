export { RESOLVE_FILES_DEFAULTS, resolveFiles, type FilesReport, type ResolveFilesOptions } from './resolve-files.ts';
