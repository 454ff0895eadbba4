"""The fitted numbers of `calibrated`; written by tools/fit_calibrated.py, not by hand."""

PARAMETERS = {
    "offset": 3.875,
    "noise": 0.1404,
    "base": 0.1296,
    "gain": 0.2261,
    "power": 0.7597,
    "shape": 4.004,
    "fall": 0.1,
}
"""See adoption.FittedTable."""

EPISODES = 6738
"""Past episodes (four annual values and a horizon) in the reference class."""

# fmt: off
ARRIVED = (
    38, 99, 161, 218, 285, 353, 419, 487, 556, 621,
    684, 749, 822, 884, 953, 1027, 1093, 1165, 1240, 1298,
    1361, 1425, 1492, 1565, 1653, 1738, 1805, 1862, 1926, 1978,
    2052, 2126, 2182, 2242, 2304, 2373, 2441, 2510, 2570, 2627,
    2689, 2760, 2826, 2890, 2951, 3012, 3077, 3146, 3225, 3290,
    3359, 3415, 3487, 3542, 3601, 3674, 3744, 3814, 3867, 3936,
    3998, 4056, 4126, 4183, 4242, 4297, 4370, 4428, 4507, 4574,
    4663, 4730, 4814, 4888, 4952, 5020, 5075, 5161, 5214, 5292,
    5361, 5433, 5520, 5594, 5664, 5730, 5791, 5890, 5952, 6012,
    6086, 6159, 6219, 6285, 6359, 6419, 6483, 6549, 6618,
)
# fmt: on
"""How many of them reached the target to which they had a chance of 1, 2, ... 99 per cent."""
