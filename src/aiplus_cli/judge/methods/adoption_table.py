"""The fitted numbers of `calibrated`; written by tools/fit_calibrated.py, not by hand."""

PARAMETERS = {
    "offset": 9.26,
    "base": 0.0705,
    "gain": 0.1972,
    "power": 0.611,
    "earlier": 0.1776,
    "reach": 0.9689,
    "up_noise": 0.01469,
    "up": 0.3186,
    "up_gain": 0.04417,
    "up_rough": 0.7886,
    "spread": 0.9689,
    "down_noise": 0.2558,
    "down": 0.2276,
    "down_rough": 0.665,
    "up_shape": 5.964,
    "down_shape": 9.192,
    "up_short": 3.827,
    "down_short": 0.06049,
    "earlier_of_two": 0.9639,
    "usual_rough": 0.07382,
}
"""See adoption.FittedTable."""

EPISODES = 22879
"""Past episodes (four figures and a horizon) of other technologies than the Internet."""

TECHNOLOGIES = 181
"""Of how many technologies they are."""

# fmt: off
ARRIVED = (
    4, 5, 5, 6, 7, 7, 8, 9, 9, 10,
    11, 11, 12, 12, 13, 14, 14, 15, 15, 16,
    17, 18, 19, 20, 21, 22, 23, 24, 26, 28,
    29, 31, 32, 34, 36, 37, 39, 41, 42, 43,
    45, 46, 47, 48, 49, 53, 53, 55, 56, 57,
    58, 58, 59, 59, 59, 61, 61, 62, 62, 63,
    63, 64, 64, 65, 65, 66, 67, 67, 68, 69,
    69, 70, 71, 71, 72, 73, 74, 75, 75, 76,
    78, 79, 79, 81, 82, 83, 84, 86, 87, 88,
    89, 90, 91, 91, 93, 94, 95, 97, 98,
)
# fmt: on
"""How many per cent of them, by weight, reached the target to which they had a chance of 1, 2, ... 99 %."""
