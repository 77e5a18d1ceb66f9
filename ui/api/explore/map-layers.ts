import type { Database } from '../../../ingest/tables/index.ts';

/** The elements of the workspace's own map, as they were cleaned (WGS 84); none when no such source was ingested. */
export async function mapLayers(db: Database): Promise<unknown> {
  const rows = (await db.has('src_geo_element'))
    ? await db.rows<{ id: string; kind: string | null; name: string | null; geometry: string }>(
        `select element_id as id, kind, name, geometry from src_geo_element
         where geometry is not null and (valid_to is null or valid_to >= (select max(as_of) from lead)) order by kind, element_id`,
      )
    : [];
  const features = rows.map(({ id, kind, name, geometry }) => ({
    type: 'Feature',
    id,
    properties: { kind: kind ?? '', name },
    geometry: JSON.parse(geometry) as unknown,
  }));
  return { type: 'FeatureCollection', features };
}
