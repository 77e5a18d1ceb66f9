import { ExternalError, messageOf } from '../base/index.ts';

/** An error of a full disk as one that says what to do; any other error as it is. */
export function asDiskFull(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (
    code !== 'ENOSPC' &&
    code !== 'EDQUOT' &&
    !/No space left on device|ENOSPC|disk full|Disk quota exceeded|max_temp_directory_size/i.test(messageOf(error))
  )
    return error;
  return new ExternalError(
    'disk-full',
    `ingestFiles: no space left for ${folder}; what was finished is kept: free space (the largest file needs about three times its size) and run the same command again`,
    { folder },
    { cause: error },
  );
}
