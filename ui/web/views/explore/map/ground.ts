import type { FeatureCollection } from 'geojson';
import {
  type GeoJSONSource,
  type LayerSpecification,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { MapLayers } from '../../../../contract/index.ts';

setWorkerUrl(workerUrl);

const NONE: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The map without tiles: a plain ground and the workspace's own layers; over it points, heat and tracks. */
export class Ground {
  readonly #map: MapLibre;
  readonly #ready: Promise<void>;

  constructor(box: HTMLElement, layers: MapLayers, dark: boolean, onPoint: (id: string) => void) {
    this.#map = new MapLibre({
      container: box,
      attributionControl: false,
      style: {
        version: 8,
        sources: {
          ground: { type: 'geojson', data: layers as unknown as FeatureCollection },
          points: { type: 'geojson', data: NONE },
          tracks: { type: 'geojson', data: NONE },
        },
        layers: _layers(dark),
      },
      bounds: _boundsOf(layers),
      fitBoundsOptions: { padding: 20 },
    });
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({}), 'bottom-left');
    this.#ready = new Promise((done) => void this.#map.once('load', () => done()));
    for (const layer of ['points', 'chosen'])
      this.#map.on('click', layer, (event) => {
        const id: unknown = event.features?.[0]?.properties['id'];
        if (typeof id === 'string') onPoint(id);
      });
    (box as HTMLElement & { map?: MapLibre }).map = this.#map;
  }

  showPoints(points: FeatureCollection, way: 'points' | 'heat'): void {
    this.#when(() => {
      void this.#map.getSource<GeoJSONSource>('points')!.setData(points);
      const isHeat = way === 'heat';
      this.#map.setLayoutProperty('heat', 'visibility', isHeat ? 'visible' : 'none');
      for (const layer of ['points', 'chosen'])
        this.#map.setLayoutProperty(layer, 'visibility', isHeat ? 'none' : 'visible');
    });
  }

  showTracks(tracks: FeatureCollection): void {
    this.#when(() => void this.#map.getSource<GeoJSONSource>('tracks')!.setData(tracks));
  }

  /** West, south, east, north of what is in sight. */
  bounds(): [number, number, number, number] {
    const b = this.#map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }

  destroy(): void {
    this.#map.remove();
  }

  #when(work: () => void): void {
    void this.#ready.then(() => {
      if (this.#map.getSource('points') !== undefined) work();
    });
  }
}

function _layers(dark: boolean): LayerSpecification[] {
  const of = (light: string, night: string): string => (dark ? night : light);
  const isKind = (...kinds: string[]): ['in', ['get', string], ['literal', string[]]] => [
    'in',
    ['get', 'kind'],
    ['literal', kinds],
  ];
  const water = isKind('water', 'river', 'lake', 'river_reach', 'water_source');
  const land = isKind('town', 'village', 'park', 'area');
  const road = isKind('road');
  return [
    { id: 'back', type: 'background', paint: { 'background-color': of('#eef1f4', '#0e1722') } },
    { id: 'land', type: 'fill', source: 'ground', filter: land, paint: { 'fill-color': of('#f8f9f7', '#15212e') } },
    {
      id: 'land-line',
      type: 'line',
      source: 'ground',
      filter: land,
      paint: { 'line-color': of('#c3ccd6', '#33475c') },
    },
    {
      id: 'zones',
      type: 'fill',
      source: 'ground',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['!', land], ['!', water]],
      paint: {
        'fill-color': of('#8fb98a', '#3f6a4a'),
        'fill-opacity': 0.35,
        'fill-outline-color': of('#5d8a5d', '#6fa37c'),
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'ground',
      filter: ['all', water, ['==', ['geometry-type'], 'Polygon']],
      paint: { 'fill-color': of('#b9dcf0', '#1d4663') },
    },
    {
      id: 'river',
      type: 'line',
      source: 'ground',
      filter: ['all', ['!', road], ['!', land], ['==', ['geometry-type'], 'LineString']],
      paint: { 'line-color': of('#8fc4e4', '#2b638a'), 'line-width': 2.5 },
    },
    {
      id: 'roads',
      type: 'line',
      source: 'ground',
      filter: road,
      paint: { 'line-color': of('#d9b68a', '#6b563a'), 'line-width': 1.5 },
    },
    {
      id: 'tracks',
      type: 'line',
      source: 'tracks',
      paint: { 'line-color': '#d07a00', 'line-width': 2, 'line-opacity': 0.75 },
    },
    {
      id: 'heat',
      type: 'heatmap',
      source: 'points',
      layout: { visibility: 'none' },
      paint: { 'heatmap-radius': 28, 'heatmap-opacity': 0.8 },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      filter: ['!', ['get', 'selected']],
      paint: {
        'circle-color': ['get', 'color'],
        'circle-radius': 5,
        'circle-stroke-color': '#fff',
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'points',
      filter: ['get', 'selected'],
      paint: {
        'circle-color': ['get', 'color'],
        'circle-radius': 7,
        'circle-stroke-color': '#1677ff',
        'circle-stroke-width': 3,
      },
    },
  ] as LayerSpecification[];
}

/** West, south, east, north of all layers; the whole world for none. */
function _boundsOf(layers: MapLayers): [number, number, number, number] {
  let [west, south, east, north] = [180, 90, -180, -90];
  const visit = (at: unknown): void => {
    if (!Array.isArray(at)) return;
    if (typeof at[0] === 'number') {
      const [x, y] = at as [number, number];
      [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    } else for (const part of at) visit(part);
  };
  for (const f of layers.features) visit(f.geometry['coordinates']);
  return west > east ? [-180, -80, 180, 80] : [west, south, east, north];
}
