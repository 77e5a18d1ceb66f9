/** 案件编号 `A` (or `J` for a call) + 12-digit unit + yyyymm + four-digit serial; shape and month only. */
export function isPoliceCaseNo(text: string): boolean {
  return /^[AJ]\d{12}(19|20)\d{2}(0[1-9]|1[0-2])\d{4}$/.test(text);
}

/** 立案号 of an environmental case, like 湖环吴立字〔2026〕8号. */
export function isFilingNo(text: string): boolean {
  return /^[^〔]*环[^〔]*立字〔\d{4}〕\d+号$/.test(text);
}

/** Outlet and facility codes of HJ 608: DW001, DA001, TW001, TA001, MF0001; unique inside one permit only. */
export function isFacilityCode(text: string): boolean {
  return /^(D[WA]|T[WASN])\d{3}$|^MF\d{4}$/.test(text);
}
