import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  cleanHash, cleanImo, cleanIndustryCode, cleanManifestNo, cleanMmsi, cleanPenaltyNo, cleanPermitNo, cleanPhone, cleanResidentId, cleanUscc, cleanVin, cleanWasteCode,
  isChineseMmsi, isFacilityCode, isFilingNo, isOrganisationCode, isPoliceCaseNo, isShipId, isUscc, organisationCheck, residentIdCheck, shipNameParts, soleRepair, usccCheck, vinCheck,
} from './index.ts'; // prettier-ignore

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

test('GB 32100: the three vectors; the inner code is GB 11714', () => {
  for (const code of ['91330599FAKE00013E', '92330599FAKE0003XX', '91110000600037341L']) {
    expect(cleanUscc(code)).toEqual({ value: code, rule: null, message: '' });
    expect(isOrganisationCode(code.slice(8, 17))).toBe(true);
  }
  expect(organisationCheck('FAKE0001')).toBe('3');
  expect(isOrganisationCode('FAKE0003-X')).toBe(true);
  expect(isOrganisationCode('FAKE0003-1')).toBe(false);
});

test('a credit code is read half-width, upper case, without spaces', () => {
  expect(cleanUscc(' ９１330599fake00013e\u200B ').value).toBe('91330599FAKE00013E');
});

test('a look-alike is repaired only if exactly one reading passes, and the repair is said', () => {
  // 91330599FAKE00013E with O for the zeros, I for 1: alphabet-foreign letters have one reading
  expect(cleanUscc('91330599FAKEOOOI3E')).toMatchObject({ value: '91330599FAKE00013E', rule: 'look-alike-repaired' });
  expect(cleanUscc('9I330S99FAKE00013E')).toMatchObject({ value: '91330599FAKE00013E', rule: 'look-alike-repaired' });
  expect(cleanUscc('91330599FAKE00014E')).toMatchObject({ value: null, rule: 'uscc-check' });
  // two places that may be B or 8: `soleRepair` counts the readings that pass
  const passing = (wanted: readonly string[]) => (text: string) => wanted.includes(text);
  expect(soleRepair('B8', passing(['88']))).toBe('88');
  expect(soleRepair('B8', passing(['88', 'BB']))).toBeNull();
  expect(soleRepair('B'.repeat(13), () => true)).toBeNull();
});

test('old and short numbers are refused by their own rule', () => {
  expect(cleanUscc('330500000012345').rule).toBe('registration-no-15');
  expect(cleanUscc('FAKE0001-3').rule).toBe('organisation-code');
  expect(cleanUscc('91330599FAKE').rule).toBe('uscc-length');
});

test('any one wrong character of a credit code is found', () => {
  const body = fc.tuple(
    fc.constantFrom('91', '92', '51'),
    fc.stringMatching(/^\d{6}$/),
    fc.array(fc.constantFrom(...ALPHABET.split('')), { minLength: 9, maxLength: 9 }),
  );
  fc.assert(
    fc.property(body, fc.nat(17), fc.nat(29), ([head, region, inner], place, step) => {
      const first = head + region + inner.join('');
      const code = first + usccCheck(first);
      expect(isUscc(code)).toBe(true);
      const at = ALPHABET.indexOf(code[place]!);
      const wrong = code.slice(0, place) + ALPHABET[(at + 1 + step) % 31]! + code.slice(place + 1);
      expect(isUscc(wrong)).toBe(false);
    }),
  );
});

test('GB 11643: vectors, the calendar trap, an old number', () => {
  for (const id of ['330599190001010012', '330599190001010020']) expect(cleanResidentId(id).value).toBe(id);
  expect(residentIdCheck('32050919000229001')).toBe('3');
  expect(cleanResidentId('320509190002290013').rule).toBe('resident-id-birth');
  expect(cleanResidentId('330599190001010013').rule).toBe('resident-id-check');
  expect(cleanResidentId('330599000101001').rule).toBe('resident-id-15');
  expect(cleanResidentId('33059919').rule).toBe('resident-id-shape');
});

test('VIN, IMO, MMSI, ship id', () => {
  for (const vin of ['LZZ5ABCD5N0000001', 'LGA0000V1R0123456', '1M8GDM9AXKP042788'])
    expect(cleanVin(vin).value).toBe(vin);
  expect(vinCheck('1M8GDM9AXKP042788')).toBe('X');
  expect(cleanVin('LZZ5ABCD6N0000001').rule).toBe('vin-check');
  expect(cleanVin('LZZ5ABCD5N000000O').rule).toBe('vin-shape');
  expect(cleanImo('IMO 9074729').value).toBe('9074729');
  expect(cleanImo('9074728').rule).toBe('imo-check');
  expect(cleanImo('907472').rule).toBe('imo-shape');
  for (const mmsi of ['413990001', '413990002'])
    expect([cleanMmsi(mmsi).value, isChineseMmsi(mmsi)]).toEqual([mmsi, true]);
  expect(cleanMmsi('413990001.0').value).toBe('413990001');
  expect(cleanMmsi('994136000')).toMatchObject({ value: '994136000', rule: 'mmsi-not-a-ship' });
  expect(cleanMmsi('800000000').rule).toBe('mmsi-country');
  expect(cleanMmsi('41399000').rule).toBe('mmsi-shape');
  expect(isShipId('CN20189900011')).toBe(true);
  expect(isShipId('CN1718990001')).toBe(false);
});

test('permit, manifest, waste, industry, penalty', () => {
  expect(cleanPermitNo('91330599FAKE00013E001P').value).toBe('91330599FAKE00013E001P');
  expect(cleanPermitNo('91330599FAKEOOO13E001P')).toMatchObject({
    value: '91330599FAKE00013E001P',
    rule: 'look-alike-repaired',
  });
  expect(cleanPermitNo('H9330502000012345601X').rule).toBe('permit-length');
  expect(cleanPermitNo('H93305020000123456001V').value).toBe('H93305020000123456001V');
  expect(cleanPermitNo('91330599FAKE00014E001P').rule).toBe('permit-check');
  expect(cleanPermitNo('91330599FAKE00013E001A').rule).toBe('permit-check');
  for (const no of ['20263305000123', '20263205000045']) expect(cleanManifestNo(no).value).toBe(no);
  expect(cleanManifestNo('2026330500012').rule).toBe('manifest-shape');
  expect(cleanManifestNo('18263305000123').rule).toBe('manifest-year');
  expect(cleanManifestNo('20260005000123').rule).toBe('manifest-region');
  for (const code of ['336-064-17', '900-249-08'])
    expect(cleanWasteCode(code)).toEqual({ value: code, rule: null, message: '' });
  expect(cleanWasteCode('33606417')).toMatchObject({ value: '336-064-17', rule: 'hyphens-added' });
  expect(cleanWasteCode('HW17 336—064—17').value).toBe('336-064-17');
  expect(cleanWasteCode('HW08 336-064-17').rule).toBe('waste-code-category');
  expect(cleanWasteCode('336-064-51').rule).toBe('waste-code-category');
  expect(cleanWasteCode('336-06-17').rule).toBe('waste-code-shape');
  expect([
    cleanIndustryCode('C3360').value,
    cleanIndustryCode('3360 金属表面处理').value,
    cleanIndustryCode('１７５２').value,
  ]).toEqual(['3360', '3360', '1752']);
  expect(cleanIndustryCode('金属').rule).toBe('industry-shape');
  expect(cleanIndustryCode('9900').rule).toBe('industry-division');
});

test('every writing of a penalty number is one', () => {
  const one = '湖环(吴)罚〔2026〕12号';
  for (const sent of [
    '湖环（吴）罚〔2026〕12号',
    '湖环(吴)罚[2026]第12号',
    '湖环（吴）罚【２０２６】 012号',
    '湖环(吴)罚（2026）12号',
    '湖环(吴)罚﹝2026﹞12号',
  ])
    expect(cleanPenaltyNo(sent).value).toBe(one);
  expect(cleanPenaltyNo('湖综执罚决字〔2026〕第0007号').value).toBe('湖综执罚决字〔2026〕7号');
  expect(cleanPenaltyNo('湖环罚12号').rule).toBe('penalty-no-shape');
  expect(cleanPenaltyNo('湖环(吴)罚〔1026〕12号').rule).toBe('penalty-no-year');
});

test('phones, hashes, case numbers, facilities, ship names', () => {
  expect(cleanPhone('+86 138-0572-1234').value).toBe('13805721234');
  expect(cleanPhone('10012345678').value).toBe('10012345678');
  expect([cleanPhone('0572-2345678').value, cleanPhone('（0572）2345678转801').value]).toEqual([
    '0572-2345678',
    '0572-2345678',
  ]);
  expect(cleanPhone('2345678').rule).toBe('no-area-code');
  expect(cleanPhone('12345678901').rule).toBe('phone-shape');
  expect(cleanHash('ABCDEF12').value).toBe('abcdef12');
  expect(cleanHash('own0000000000013').value).toBe('own0000000000013');
  for (const sent of ['13805721234', '330599190001010012', '张三', 'a@b.cn', 'abc'])
    expect(cleanHash(sent).rule).toBe('not-a-hash');
  expect([
    isPoliceCaseNo('A3305990000002026030001'),
    isPoliceCaseNo('A3305990000002026130001'),
    isFilingNo('湖环吴立字〔2026〕8号'),
  ]).toEqual([true, false, true]);
  expect(['DW001', 'DA012', 'TW001', 'MF0001', 'DX001'].map(isFacilityCode)).toEqual([true, true, true, true, false]);
  expect(shipNameParts('浙湖州货１234')).toEqual({ province: '浙', place: '湖州', trade: '货', number: '1234' });
  expect(shipNameParts('苏吴江机00123')).toEqual({ province: '苏', place: '吴江', trade: '机', number: '00123' });
  expect(shipNameParts('HAIFENG 12')).toBeNull();
});
