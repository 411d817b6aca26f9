"""Longitude and latitude (WGS84) → British National Grid (OSGB36).

Formulas and constants: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C (ellipsoids,
the single Helmert transformation, Transverse Mercator). OS gives the single Helmert an accuracy of about 5 m, which is
finer than the simplified boundaries drawn with it; heights are taken as nought.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WGS84_A, WGS84_B = 6378137.0, 6356752.314245
AIRY_A, AIRY_B = 6377563.396, 6356256.909
# WGS84 → OSGB36: shifts in metres, rotations in seconds of arc, scale in parts per million.
SHIFT = (-446.448, 125.157, -542.060)
ROTATION = (-0.1502, -0.2470, -0.8421)
SCALE_PPM = 20.4894
# Transverse Mercator of the National Grid.
F0 = 0.9996012717
LAT0, LON0 = np.radians(49.0), np.radians(-2.0)
E0, N0 = 400_000.0, -100_000.0


def to_grid(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Eastings and northings in metres of WGS84 longitudes and latitudes in degrees; within about 5 m."""
    return airy_to_grid(*_wgs84_to_airy(np.radians(lon), np.radians(lat)))


def _wgs84_to_airy(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    e2 = 1 - (WGS84_B / WGS84_A) ** 2
    nu = WGS84_A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    x, y, z = nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)
    rx, ry, rz = (np.radians(r / 3600) for r in ROTATION)
    scale = 1 + SCALE_PPM * 1e-6
    x, y, z = (
        SHIFT[0] + scale * x - rz * y + ry * z,
        SHIFT[1] + rz * x + scale * y - rx * z,
        SHIFT[2] - ry * x + rx * y + scale * z,
    )
    e2 = 1 - (AIRY_B / AIRY_A) ** 2
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(5):  # settles below a micrometre
        nu = AIRY_A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), p)
    return np.arctan2(y, x), lat


def airy_to_grid(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Eastings and northings in metres of OSGB36 longitudes and latitudes in radians (annexe C of the guide)."""
    a, b = AIRY_A, AIRY_B
    e2 = 1 - (b / a) ** 2
    n = (a - b) / (a + b)
    sin, cos, tan = np.sin(lat), np.cos(lat), np.tan(lat)
    nu = a * F0 / np.sqrt(1 - e2 * sin**2)
    rho = a * F0 * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    d, s = lat - LAT0, lat + LAT0
    m = (b * F0) * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * d
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(d) * np.cos(s)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * d) * np.cos(2 * s)
        - 35 / 24 * n**3 * np.sin(3 * d) * np.cos(3 * s)
    )
    t2 = tan**2
    i, ii = m + N0, nu / 2 * sin * cos
    iii = nu / 24 * sin * cos**3 * (5 - t2 + 9 * eta2)
    iiia = nu / 720 * sin * cos**5 * (61 - 58 * t2 + t2**2)
    iv, v = nu * cos, nu / 6 * cos**3 * (nu / rho - t2)
    vi = nu / 120 * cos**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2)
    w = lon - LON0
    return E0 + iv * w + v * w**3 + vi * w**5, i + ii * w**2 + iii * w**4 + iiia * w**6
