import { withDefaults } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { admPenalty } from './adm-penalty.ts';
import { agrBoat } from './agr-boat.ts';
import { agrFarm } from './agr-farm.ts';
import { ecoCemsHour } from './eco-cems-hour.ts';
import { ecoHwLedger } from './eco-hw-ledger.ts';
import { ecoHwManifest } from './eco-hw-manifest.ts';
import { ecoInspection } from './eco-inspection.ts';
import { ecoMonitor } from './eco-monitor.ts';
import { ecoPermit } from './eco-permit.ts';
import { geoElement } from './geo-element.ts';
import { hotTicket } from './hot-ticket.ts';
import { mktEntity } from './mkt-entity.ts';
import { muckPermit } from './muck-permit.ts';
import { muckTrip } from './muck-trip.ts';
import { polCase } from './pol-case.ts';
import { polGatePass } from './pol-gate-pass.ts';
import { polPrecursor } from './pol-precursor.ts';
import { pwrMeterMonth } from './pwr-meter-month.ts';
import { pwrPair } from './pwr-pair.ts';
import { pwrPoint15m } from './pwr-point-15m.ts';
import { shipAis } from './ship-ais.ts';
import { trnGps } from './trn-gps.ts';
import { trnLicence } from './trn-licence.ts';
import { watSection } from './wat-section.ts';

export interface DistrictOptions {
  /** Takes in the register of precursor purchases, which is used only under an approved lead. */
  readonly precursor: boolean;
}

export const DISTRICT_DEFAULTS: DistrictOptions = Object.freeze({ precursor: false });

/** Descriptions of every table that the departments of a district send (docs/sources.md), the map first. */
export function districtSources(options: Partial<DistrictOptions> = {}): SourceDescription[] {
  const { precursor } = withDefaults('districtSources', DISTRICT_DEFAULTS, options);
  return [
    geoElement,
    mktEntity,
    ecoPermit,
    ecoMonitor,
    ecoHwLedger,
    ecoHwManifest,
    ecoCemsHour,
    ecoInspection,
    admPenalty,
    pwrPoint15m,
    pwrPair,
    pwrMeterMonth,
    polGatePass,
    polCase,
    ...(precursor ? [polPrecursor] : []),
    trnGps,
    trnLicence,
    muckPermit,
    muckTrip,
    shipAis,
    hotTicket,
    watSection,
    agrFarm,
    agrBoat,
  ];
}
