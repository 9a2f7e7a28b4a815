"""Make `src/worldclass/charts/country_shapes.json` from Natural Earth's 1:50m countries.

Natural Earth (public domain) is taken from the npm package `world-atlas`, which carries it
as TopoJSON. The script drops uninhabited territories, gives each statistical territory its
ISO 3166-1 alpha-3 code, simplifies the *arcs* (so that two neighbours keep one common
border), quantises, and writes a TopoJSON file with two objects:

- `countries`: polygons, `id` = ISO3 code (absent for territories without one);
- `points`: one point a country, with `small` = true where the shape alone is hard to see.

The same input gives the same bytes. Needs `npm` unless `--package` names the tarball.

    python scripts/build_country_shapes.py
    python scripts/build_country_shapes.py --package world-atlas-2.0.2.tgz
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import heapq
import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "worldclass" / "charts" / "country_shapes.json"
PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-50m.json"
MEMBER_SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"

ATTRIBUTION = (
    "Country shapes: Natural Earth 4.1.0, 1:50m Admin 0 countries (public domain), as "
    "redistributed in world-atlas 2.0.2. Boundaries are Natural Earth's de facto ones, "
    "simplified; they imply no opinion on the legal status of any territory."
)

# Uninhabited, or outside the map: Antarctica, French Southern Lands, Heard and McDonald,
# South Georgia, British Indian Ocean Territory.
DROPPED = {"010", "260", "334", "239", "086"}
DROPPED_NAMES = {"Indian Ocean Ter."}

# Territories without an ISO number, drawn with the country whose statistics cover them.
BY_NAME = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}

# French overseas departments are polygons of France in Natural Earth, but have their own
# population statistics: (code, name, west, east, south, north).
OVERSEAS = (
    ("GUF", "French Guiana", -56.0, -50.0, 1.0, 7.0),
    ("GLP", "Guadeloupe", -62.0, -61.0, 15.7, 16.7),
    ("MTQ", "Martinique", -61.5, -60.7, 14.2, 15.2),
    ("MYT", "Mayotte", 44.5, 45.7, -13.5, -12.0),
    ("REU", "Réunion", 55.0, 56.0, -22.0, -20.5),
)
# Inhabited but absent at 1:50m: a point (longitude, latitude).
ONLY_POINTS = {
    "TUV": ("Tuvalu", 179.2, -8.52),
    "GIB": ("Gibraltar", -5.35, 36.14),
    "TKL": ("Tokelau", -171.8, -9.2),
}

TOLERANCE = 2.5e-6  # steradians: 100 km², a quarter of a pixel's triangle on a wide map
SMALL_COUNTRY = 1.3e-4  # steradians: 5,300 km²; below it the map adds a circle
SMALLEST_ISLAND = 1.2e-5  # steradians: 500 km²
ISLAND_SHARE = 0.02  # an island of this share of its country stays, whatever its size
GRID = 16384  # quantisation cells from west to east

Ring = list[int]
Polygon = list[Ring]


def fetch(package: Path | None) -> dict[str, Any]:
    """Read the TopoJSON out of the npm tarball, after checking its hash."""
    with tempfile.TemporaryDirectory() as folder:
        if package is None:
            command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder]
            name = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            package = Path(folder) / name.strip().splitlines()[-1]
        with tarfile.open(package) as archive:
            member = archive.extractfile(MEMBER)
            if member is None:
                raise SystemExit(f"{package} has no {MEMBER}")
            content = member.read()
    digest = hashlib.sha256(content).hexdigest()
    if digest != MEMBER_SHA256:
        raise SystemExit(f"{MEMBER}: sha256 {digest}, expected {MEMBER_SHA256}")
    return json.loads(content)


def decode_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Arcs as arrays of longitude and latitude in degrees, shape (points, 2)."""
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def ring_points(ring: Ring, arcs: list[np.ndarray]) -> np.ndarray:
    """Closed ring as degrees, shape (points, 2); the last point repeats the first."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def signed_area(points: np.ndarray) -> float:
    """Spherical area of a ring in steradians, positive when clockwise (Vega's outer rings).

    Sum over edges of the excess of the lune between the edge and the south pole.
    """
    longitude, latitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    step = np.diff(longitude)
    step = (step + math.pi) % (2 * math.pi) - math.pi
    return float(np.sum(step * (np.sin(latitude[:-1]) + np.sin(latitude[1:])) / 2))


def read_countries(
    topology: dict[str, Any], arcs: list[np.ndarray]
) -> dict[tuple[str | None, str], list[Polygon]]:
    """Polygons by (ISO3 or None, name), overseas departments apart from France."""
    with (HERE / "country_numeric_codes.csv").open(newline="") as file:
        codes = {row["iso_numeric"]: row["iso3"] for row in csv.DictReader(file)}
    countries: dict[tuple[str | None, str], list[Polygon]] = defaultdict(list)
    names: dict[str, str] = {}
    geometries = topology["objects"]["countries"]["geometries"]
    # Those without a number come last, so that a country keeps its own name.
    for geometry in sorted(geometries, key=lambda g: "id" not in g):
        name, number = geometry["properties"]["name"], geometry.get("id")
        if number in DROPPED or name in DROPPED_NAMES:
            continue
        code = codes[number] if number else BY_NAME.get(name)
        polygons = geometry["arcs"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            key = overseas(polygon, arcs) if code == "FRA" else None
            if key is None:
                key = (code, names.setdefault(code, name) if code else name)
            countries[key].append(polygon)
    return countries


def overseas(polygon: Polygon, arcs: list[np.ndarray]) -> tuple[str, str] | None:
    """Code and name of the overseas department that a French polygon belongs to."""
    longitude, latitude = ring_points(polygon[0], arcs).mean(axis=0)
    for code, name, west, east, south, north in OVERSEAS:
        if west < longitude < east and south < latitude < north:
            return code, name
    return None


def drop_islets(polygons: list[Polygon], arcs: list[np.ndarray]) -> list[Polygon]:
    """Leave out islands that neither the map nor the country would miss; keep the largest."""
    areas = [signed_area(ring_points(polygon[0], arcs)) for polygon in polygons]
    limit = min(SMALLEST_ISLAND, ISLAND_SHARE * sum(areas), max(areas))
    return [p for p, area in zip(polygons, areas, strict=True) if area >= limit]


def arc_tolerances(
    countries: dict[tuple[str | None, str], list[Polygon]], arcs: list[np.ndarray]
) -> dict[int, float]:
    """Tolerance of each arc in use, finer where it bounds a small polygon."""
    tolerances: dict[int, float] = {}
    for polygons in countries.values():
        for polygon in polygons:
            for ring in polygon:
                own = min(TOLERANCE, 0.01 * abs(signed_area(ring_points(ring, arcs))))
                for index in ring:
                    index = index if index >= 0 else ~index
                    tolerances[index] = min(own, tolerances.get(index, own))
    return tolerances


def simplify(points: np.ndarray, tolerance: float) -> np.ndarray:
    """Visvalingam & Whyatt (1993) on the sphere: drop points of the smallest triangles.

    The ends stay, and a closed arc keeps at least four distinct points.
    """
    longitude, latitude = np.radians(points[:, 0]), np.radians(points[:, 1])
    unit = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=1,
    )
    count = len(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive = [True] * count

    def area(i: int) -> float:
        a, b, c = unit[before[i]], unit[i], unit[after[i]]
        return float(np.linalg.norm(np.cross(b - a, c - a))) / 2

    heap = [(area(i), i) for i in range(1, count - 1)]
    heapq.heapify(heap)
    current = {i: a for a, i in heap}
    left = count
    least = 5 if np.allclose(points[0], points[-1]) else 2
    while heap and left > least:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != current[i]:
            continue
        if size > tolerance:
            break
        alive[i] = False
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < count - 1:
                current[j] = max(area(j), size)
                heapq.heappush(heap, (current[j], j))
    return points[alive]


def quantise(points: np.ndarray) -> list[list[int]]:
    """Grid coordinates as differences, repeated points dropped."""
    cell = 360 / GRID
    grid = np.rint((points - [-180, -90]) / cell).astype(int)
    keep = np.ones(len(grid), dtype=bool)
    keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    grid = grid[keep] if keep.sum() > 1 else grid[:2]
    return [grid[0].tolist(), *np.diff(grid, axis=0).tolist()]


def point_of(polygons: list[Polygon], arcs: list[np.ndarray]) -> list[int]:
    """Grid position of the middle of the largest polygon."""
    largest = max(polygons, key=lambda p: signed_area(ring_points(p[0], arcs)))
    points = ring_points(largest[0], arcs)
    points[:, 0] = np.degrees(np.unwrap(np.radians(points[:, 0])))  # over the date line
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    middle[0] = (middle[0] + 180) % 360 - 180
    return np.rint((middle - [-180, -90]) / (360 / GRID)).astype(int).tolist()


def point(code: str, name: str, small: bool, place: list[int]) -> dict[str, Any]:
    """A country's point as a TopoJSON geometry."""
    properties = {"name": name, "small": small}
    return {"type": "Point", "id": code, "properties": properties, "coordinates": place}


def describe(
    countries: dict[tuple[str | None, str], list[Polygon]], arcs: list[np.ndarray]
) -> list[dict[str, Any]]:
    """Points of all countries, those without a visible shape included."""
    points = []
    for (code, name), polygons in countries.items():
        if code:
            area = sum(signed_area(ring_points(polygon[0], arcs)) for polygon in polygons)
            points.append(point(code, name, area < SMALL_COUNTRY, point_of(polygons, arcs)))
    for code, (name, longitude, latitude) in ONLY_POINTS.items():
        place = np.rint((np.array([longitude, latitude]) - [-180, -90]) / (360 / GRID))
        points.append(point(code, name, True, place.astype(int).tolist()))
    return sorted(points, key=lambda item: item["id"])


def visible(polygons: list[Polygon], simplified: dict[int, list[list[int]]]) -> list[Polygon]:
    """Leave out polygons that the grid has collapsed to a line or a point."""

    def corners(ring: Ring) -> int:
        return sum(len(simplified[i if i >= 0 else ~i]) - 1 for i in ring)

    return [[ring for ring in p if corners(ring) > 2] for p in polygons if corners(p[0]) > 2]


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """Assemble the simplified topology."""
    arcs = decode_arcs(topology)
    countries = {
        key: drop_islets(polygons, arcs) for key, polygons in read_countries(topology, arcs).items()
    }
    tolerances = arc_tolerances(countries, arcs)
    simplified = {i: quantise(simplify(arcs[i], tolerances[i])) for i in sorted(tolerances)}
    renumber = {old: new for new, old in enumerate(simplified)}

    def moved(index: int) -> int:
        return renumber[index] if index >= 0 else ~renumber[~index]

    shapes: list[dict[str, Any]] = []
    for (code, name), polygons in sorted(countries.items(), key=lambda i: (i[0][0] or "~", i[0])):
        rings = [[[moved(i) for i in r] for r in p] for p in visible(polygons, simplified)]
        if rings:
            shape = {"type": "MultiPolygon", "properties": {"name": name}, "arcs": rings}
            shapes.append(shape | ({"id": code} if code else {}))
    return {
        "type": "Topology",
        "attribution": ATTRIBUTION,
        "version": "Natural Earth 4.1.0 (world-atlas 2.0.2), simplification 1",
        "transform": {"scale": [360 / GRID, 360 / GRID], "translate": [-180, -90]},
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": shapes},
            "points": {
                "type": "GeometryCollection",
                "geometries": describe(countries, arcs),
            },
        },
        "arcs": list(simplified.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", type=Path, help="world-atlas tarball; default: npm pack")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    text = json.dumps(build(fetch(options.package)), separators=(",", ":"), ensure_ascii=False)
    temporary = options.out.with_suffix(".part")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(options.out)
    print(f"{options.out}: {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
