"""The projection, against points that Ordnance Survey publishes."""

import numpy as np
import pytest

from lgrdata.geo.grid import airy_to_grid, to_grid

# Ordnance Survey's test points of OSTN15: ETRS89 latitude and longitude, National Grid easting and northing.
OS_POINTS = {
    "Blackpool": (53.77911025694444, -3.040454906944444, 331534.552, 431920.792),
    "Bristol": (51.42754743361111, -2.544076186111111, 362269.979, 169978.688),
    "Carlisle": (54.89542340527777, -2.938277414722223, 339921.133, 556034.759),
    "Colchester": (51.89436637527778, 0.897243275, 599445.578, 225722.824),
    "Daresbury": (53.34480280666667, -2.640493207222222, 357455.831, 383290.434),
    "Droitwich": (52.25529381638889, -2.154586149444444, 389544.178, 261912.151),
    "Flamborough": (54.11685144333333, -0.07773132666666667, 525745.658, 470703.211),
    "King's Lynn": (52.75136687444444, 0.4015354769444445, 562180.535, 319784.993),
    "Leeds": (53.80021519916667, -1.663791675833333, 422242.174, 433818.699),
    "Lizard": (49.96006138305556, -5.203046100277778, 170370.706, 11572.404),
    "London": (51.48936564611111, -0.1199255641666667, 530624.963, 178388.461),
    "Newcastle": (54.97912274, -1.616576845555556, 424639.343, 565012.700),
    "North Foreland": (51.37447025916666, 1.444547306944445, 639821.823, 169565.856),
    "Northampton": (52.25160950916667, -0.91248957, 474335.957, 262047.752),
    "Nottingham": (52.962191095, -1.197476561666667, 454002.822, 340834.941),
    "Southampton": (50.9312793775, -1.450514340555556, 438710.908, 114792.248),
    "Plymouth": (50.43885825472222, -4.108645639722222, 250359.798, 62016.567),
    "St Catherine's Point": (50.57563665166667, -1.297822771388889, 449816.359, 75335.859),
    "Scilly": (49.92226394333333, -6.299777527222222, 91492.135, 11318.801),
}


def dms(degrees: int, minutes: int, seconds: float) -> float:
    return degrees + minutes / 60 + seconds / 3600


def test_worked_example_of_the_guide_to_the_millimetre() -> None:
    lon, lat = np.radians([dms(1, 43, 4.5177)]), np.radians([dms(52, 39, 27.2531)])
    east, north = airy_to_grid(lon, lat)
    assert east[0] == pytest.approx(651409.903, abs=0.001)
    assert north[0] == pytest.approx(313177.270, abs=0.001)


@pytest.mark.parametrize("place", OS_POINTS)
def test_published_points_within_the_accuracy_that_the_guide_gives(place: str) -> None:
    lat, lon, east, north = OS_POINTS[place]
    x, y = to_grid(np.array([lon]), np.array([lat]))
    assert np.hypot(x[0] - east, y[0] - north) < 5.0


def test_true_origin_of_the_airy_grid() -> None:
    east, north = airy_to_grid(np.radians([-2.0]), np.radians([49.0]))
    assert (east[0], north[0]) == (400_000.0, -100_000.0)
